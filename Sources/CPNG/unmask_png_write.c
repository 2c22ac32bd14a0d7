#include "unmask_png_write.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

/* One writing. It belongs to the caller of `run`, not to the function that calls setjmp, so what
   is changed in it before a jump is still there afterwards (C11, 7.13.2.1) and nothing needs to
   be volatile. */
typedef struct writing {
  jmp_buf way_out;
  png_structp png;
  png_infop info;
  const uint8_t *samples;
  const uint8_t *palette; /* NULL: the samples are greys */
  uint32_t colors;
  uint32_t width;
  uint32_t height;
  unmask_png_file file;
  size_t capacity;
} writing;

static _Noreturn void on_error(png_structp png, png_const_charp text) {
  (void)text;
  writing *w = png_get_error_ptr(png);
  longjmp(w->way_out, 1);
}

static void on_warning(png_structp png, png_const_charp text) {
  (void)png;
  (void)text;
}

static void append(png_structp png, png_bytep bytes, size_t count) {
  writing *w = png_get_io_ptr(png);
  if (count > w->capacity - w->file.count) {
    if (w->capacity > SIZE_MAX / 2 - count) png_error(png, "too long");
    size_t capacity = 2 * w->capacity + count;
    uint8_t *longer = realloc(w->file.bytes, capacity);
    if (!longer) png_error(png, "no memory");
    w->file.bytes = longer;
    w->capacity = capacity;
  }
  memcpy(w->file.bytes + w->file.count, bytes, count);
  w->file.count += count;
}

static void flush(png_structp png) { (void)png; }

static void write_samples(writing *w) {
  w->png = png_create_write_struct(PNG_LIBPNG_VER_STRING, w, on_error, on_warning);
  if (w->png) w->info = png_create_info_struct(w->png);
  if (!w->info) longjmp(w->way_out, 1);
  png_structp png = w->png;
  png_set_write_fn(png, w, append, flush);
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_IHDR(
      png, w->info, w->width, w->height, 8,
      w->palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (w->palette) {
    png_color colors[256];
    for (uint32_t i = 0; i < w->colors; i++) {
      const uint8_t *rgb = w->palette + 3 * (size_t)i;
      colors[i] = (png_color){.red = rgb[0], .green = rgb[1], .blue = rgb[2]};
    }
    png_set_PLTE(png, w->info, colors, (int)w->colors);
  }
  png_write_info(png, w->info);
  for (uint32_t y = 0; y < w->height; y++) {
    png_write_row(png, w->samples + (size_t)y * w->width);
  }
  png_write_end(png, NULL);
}

/* The only setjmp. */
static int run(void (*work)(writing *), writing *w) {
  int is_written = 0;
  if (setjmp(w->way_out) == 0) {
    work(w);
    is_written = 1;
  } else {
    free(w->file.bytes);
  }
  png_destroy_write_struct(&w->png, &w->info);
  return is_written;
}

int unmask_png_write_gray(
    const uint8_t *samples, uint32_t width, uint32_t height, unmask_png_file *file) {
  writing w = {.samples = samples, .width = width, .height = height};
  int is_written = run(write_samples, &w);
  if (is_written) *file = w.file;
  return is_written;
}

int unmask_png_write_palette(
    const uint8_t *samples, uint32_t width, uint32_t height, const uint8_t *palette,
    uint32_t colors, unmask_png_file *file) {
  if (colors < 1 || colors > 256) return 0;
  writing w = {
      .samples = samples, .width = width, .height = height, .palette = palette, .colors = colors};
  int is_written = run(write_samples, &w);
  if (is_written) *file = w.file;
  return is_written;
}

void unmask_png_file_free(unmask_png_file file) { free(file.bytes); }
