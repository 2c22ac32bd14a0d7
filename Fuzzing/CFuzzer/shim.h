#include <stddef.h>
#include <stdint.h>

/* libFuzzer as a library: LLVM documentation, "libFuzzer", "Using libFuzzer as a library". The linker finds it
   where -sanitize=fuzzer is said. */
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*reading)(const uint8_t *bytes, size_t count));
