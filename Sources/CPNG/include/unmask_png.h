#ifndef UNMASK_PNG_H
#define UNMASK_PNG_H

#include <stddef.h>
#include <stdint.h>

/* What libpng reads, as plain values.

   libpng reports an error by jumping out of the function that met it, which Swift forbids. So
   this is the border: whoever calls these functions sees a return value and a message. */

enum { UNMASK_PNG_MESSAGE_SIZE = 160 };

typedef enum unmask_png_verdict {
  UNMASK_PNG_READ,
  UNMASK_PNG_REFUSED,
  UNMASK_PNG_TOO_LARGE,
  UNMASK_PNG_NO_MEMORY,
} unmask_png_verdict;

typedef struct unmask_png_image {
  uint32_t width;
  uint32_t height;
  /* 1, 2, 4, 8 or 16, as in the file. */
  uint8_t bit_depth;
  /* 0 grey, 2 RGB, 3 palette, 4 grey and alpha, 6 RGBA (PNG specification, 11.2.2). */
  uint8_t color_type;
  uint8_t channels;
  uint8_t is_interlaced;
  /* Red, green, blue; only a palette image has entries. */
  uint16_t palette_count;
  uint8_t palette[256 * 3];
  /* Bytes of one sample, and of all of them. */
  size_t sample_size;
  size_t samples_size;
} unmask_png_image;

/* Reads what stands before the pixels. */
unmask_png_verdict unmask_png_read_header(
    const uint8_t *bytes, size_t count, unmask_png_image *image,
    char message[UNMASK_PNG_MESSAGE_SIZE]);

/* Reads the whole file.

   `samples` becomes rows from the top, channels interleaved, without gaps: one uint8_t a sample,
   or one uint16_t in this machine's order if the depth is 16. The values are the file's, never
   scaled; those of a palette image are indices. Give them to unmask_png_free in the end.

   More than `max_pixels` pixels, or samples of more than `max_bytes`, are refused before memory is taken
   for them; all but the samples is known then. Unless the verdict is READ, `samples` becomes NULL; if it is REFUSED, `message`
   holds libpng's own words. */
unmask_png_verdict unmask_png_read(
    const uint8_t *bytes, size_t count, uint64_t max_pixels, uint64_t max_bytes,
    unmask_png_image *image, void **samples, char message[UNMASK_PNG_MESSAGE_SIZE]);

void unmask_png_free(void *samples);

#endif
