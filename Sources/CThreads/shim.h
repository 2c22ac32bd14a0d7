// Threads are of other types on every system, hence in C.
#include <pthread.h>
#include <stdlib.h>

static inline void *unmask_wait_at_gate(void *gate) {
  pthread_mutex_lock((pthread_mutex_t *)gate);
  pthread_mutex_unlock((pthread_mutex_t *)gate);
  return NULL;
}

/* Makes `count` threads that are there at the same time, or as many as the system gives, and lets them end. Returns how
   many there were. */
static inline int unmask_threads_given(int count) {
  pthread_t *threads = (pthread_t *)calloc(count > 0 ? (size_t)count : 1, sizeof *threads);
  if (!threads) return 0;
  pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
  pthread_mutex_lock(&gate);
  int given = 0;
  while (given < count && pthread_create(&threads[given], NULL, unmask_wait_at_gate, &gate) == 0) {
    given++;
  }
  pthread_mutex_unlock(&gate);
  for (int i = 0; i < given; i++) pthread_join(threads[i], NULL);
  free(threads);
  return given;
}
