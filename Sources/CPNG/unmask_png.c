#include "unmask_png.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One reading. It belongs to the caller of `run`, not to the function that calls setjmp, so what
   is changed in it before a jump is still there afterwards (C11, 7.13.2.1) and nothing needs to
   be volatile. */
typedef struct reading {
  jmp_buf way_out;
  const uint8_t *next;
  size_t left;
  /* Of the whole file. */
  size_t count;
  uint64_t max_pixels;
  uint64_t max_bytes;
  png_structp png;
  png_infop info;
  unmask_png_image *image;
  void *samples;
  char *message;
  unmask_png_verdict verdict;
  int is_in_pixels;
} reading;

static _Noreturn void give_up(reading *r, unmask_png_verdict verdict, const char *message) {
  r->verdict = verdict;
  snprintf(r->message, UNMASK_PNG_MESSAGE_SIZE, "%s", message);
  longjmp(r->way_out, 1);
}

static _Noreturn void on_error(png_structp png, png_const_charp text) {
  give_up(png_get_error_ptr(png), UNMASK_PNG_REFUSED, text);
}

/* What libpng only warns of while it reads (a bad checksum in a comment, say) changes no pixel, unless it is about
   the pixels themselves: a wrong Adler-32, too much of them. Bytes behind the end of the compressed pixels are padding:
   all pixels and their checksum are there, and every other reader takes them. */
static void on_warning(png_structp png, png_const_charp text) {
  reading *r = png_get_error_ptr(png);
  if (r->is_in_pixels && strstr(text, "IDAT") && !strstr(text, "Extra compressed data")) {
    give_up(r, UNMASK_PNG_REFUSED, text);
  }
}

static void take(png_structp png, png_bytep target, size_t count) {
  reading *r = png_get_io_ptr(png);
  if (count > r->left) png_error(png, "Read Error");
  memcpy(target, r->next, count);
  r->next += count;
  r->left -= count;
}

static void read_header(reading *r) {
  r->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, r, on_error, on_warning);
  if (r->png) r->info = png_create_info_struct(r->png);
  if (!r->info) give_up(r, UNMASK_PNG_NO_MEMORY, "libpng could not start");
  png_structp png = r->png;
  png_set_read_fn(png, r, take);

  /* The one limit is on the number of pixels, and it is the caller's. */
  png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(png, 0);

  /* Gamma, transparency, profiles and comments are stepped over, so they cannot change a value,
     take memory or fail. The list that -1 stands for leaves out tRNS. */
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, (png_const_bytep) "tRNS", 1);

  /* An index without a colour is still a label. */
  png_set_check_for_invalid_index(png, 0);

  /* Before the pixels only a palette that is not needed can be wrong without harm. */
  png_set_benign_errors(png, 1);
  png_read_info(png, r->info);

  unmask_png_image *image = r->image;
  image->width = png_get_image_width(png, r->info);
  image->height = png_get_image_height(png, r->info);
  image->bit_depth = png_get_bit_depth(png, r->info);
  image->color_type = png_get_color_type(png, r->info);
  image->channels = png_get_channels(png, r->info);
  image->is_interlaced = png_get_interlace_type(png, r->info) != PNG_INTERLACE_NONE;
  image->sample_size = image->bit_depth == 16 ? 2 : 1;

  png_colorp palette;
  int count;
  if (image->color_type == PNG_COLOR_TYPE_PALETTE &&
      png_get_PLTE(png, r->info, &palette, &count) != 0) {
    for (int i = 0; i < count && i < 256; i++) {
      memcpy(image->palette + 3 * i, &palette[i], 3);
      image->palette_count++;
    }
  }
}

static void read_image(reading *r) {
  read_header(r);
  png_structp png = r->png;
  unmask_png_image *image = r->image;

  /* Both factors are below 2^31. */
  uint64_t pixels = (uint64_t)image->width * image->height;
  size_t pixel_size = image->channels * image->sample_size;
  if (pixels > r->max_pixels) give_up(r, UNMASK_PNG_TOO_LARGE, "too many pixels");
  if (pixels > r->max_bytes / pixel_size || pixels > SIZE_MAX / pixel_size) {
    give_up(r, UNMASK_PNG_TOO_LARGE, "too many bytes");
  }
  /* A match takes at least 2 bits and gives at most 258 bytes (RFC 1951, 3.2.5). What claims more than the file can
     hold gets no memory; libpng alone would clear a row of any length. */
  if (pixels / 8 / 1032 * image->bit_depth * image->channels > r->count) {
    png_error(png, "Not enough image data");
  }
  image->samples_size = (size_t)pixels * pixel_size;
  r->samples = malloc(image->samples_size);
  if (!r->samples) give_up(r, UNMASK_PNG_NO_MEMORY, "no memory for the pixels");

  r->is_in_pixels = 1;
  png_set_packing(png);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
  png_set_swap(png);
#endif
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, r->info);
  size_t row_size = image->width * pixel_size;
  if (png_get_rowbytes(png, r->info) != row_size) png_error(png, "unexpected row size");
  for (int pass = 0; pass < passes; pass++) {
    for (uint32_t y = 0; y < image->height; y++) {
      png_read_row(png, (png_bytep)r->samples + y * row_size, NULL);
    }
  }

  /* Checks the end of the compressed data and asks for IEND; what follows that is not read. */
  png_read_end(png, NULL);
}

/* The only setjmp. */
static unmask_png_verdict run(void (*work)(reading *), reading *r) {
  if (setjmp(r->way_out) == 0) {
    work(r);
  } else {
    free(r->samples);
    r->samples = NULL;
  }
  png_destroy_read_struct(&r->png, &r->info, NULL);
  return r->verdict;
}

unmask_png_verdict unmask_png_read_header(
    const uint8_t *bytes, size_t count, unmask_png_image *image,
    char message[UNMASK_PNG_MESSAGE_SIZE]) {
  memset(image, 0, sizeof *image);
  reading r = {.next = bytes, .left = count, .image = image, .message = message};
  return run(read_header, &r);
}

unmask_png_verdict unmask_png_read(
    const uint8_t *bytes, size_t count, uint64_t max_pixels, uint64_t max_bytes,
    unmask_png_image *image, void **samples, char message[UNMASK_PNG_MESSAGE_SIZE]) {
  memset(image, 0, sizeof *image);
  reading r = {
      .next = bytes, .left = count, .count = count, .max_pixels = max_pixels, .max_bytes = max_bytes, .image = image,
      .message = message};
  unmask_png_verdict verdict = run(read_image, &r);
  *samples = r.samples;
  return verdict;
}

void unmask_png_free(void *samples) { free(samples); }
