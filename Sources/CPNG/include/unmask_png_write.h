#ifndef UNMASK_PNG_WRITE_H
#define UNMASK_PNG_WRITE_H

#include <stddef.h>
#include <stdint.h>

/* What libpng writes, as plain values; the border for the same reason as that of reading. */

typedef struct unmask_png_file {
  uint8_t *bytes;
  size_t count;
} unmask_png_file;

/* Makes an 8-bit grey PNG of rows from the top without gaps.

   Returns 1 if `file` holds it; give that to unmask_png_file_free in the end. Returns 0 if there
   was no memory, or if libpng does not take such a width or height; there is nothing to free
   then. */
int unmask_png_write_gray(
    const uint8_t *samples, uint32_t width, uint32_t height, unmask_png_file *file);

/* The same of places in a palette of 1 to 256 colours, each red, green and blue; every sample must be
   one of them. */
int unmask_png_write_palette(
    const uint8_t *samples, uint32_t width, uint32_t height, const uint8_t *palette,
    uint32_t colors, unmask_png_file *file);

void unmask_png_file_free(unmask_png_file file);

#endif
