// What OpenSSL's own library needs for the question that verifyAuthorisation answers as far as it can: parse a DER package,
// verify its signature, its chain to one root, and a revocation list of every authority (CMS_verify, CRL_CHECK_ALL).
//   cms-verify package.der root.pem crls.pem milliseconds
// prints the microseconds of processor time of one verdict, after a warm-up
#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// Of the processor, as on our side: time in which others had it is not counted.
static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static void stop(const char *what) {
  fprintf(stderr, "%s\n", what);
  ERR_print_errors_fp(stderr);
  exit(1);
}

static FILE *opened(const char *name) {
  FILE *file = fopen(name, "rb");
  if (file == NULL) stop(name);
  return file;
}

static X509_STORE *trust(const char *root_file, const char *crl_file) {
  X509_STORE *store = X509_STORE_new();
  FILE *file = opened(root_file);
  X509 *root = PEM_read_X509(file, NULL, NULL, NULL);
  if (root == NULL || X509_STORE_add_cert(store, root) != 1) stop(root_file);
  fclose(file);
  file = opened(crl_file);
  X509_CRL *list;
  while ((list = PEM_read_X509_CRL(file, NULL, NULL, NULL)) != NULL) X509_STORE_add_crl(store, list);
  fclose(file);
  ERR_clear_error();
  X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
  X509_STORE_set_purpose(store, X509_PURPOSE_ANY);
  return store;
}

static void verify(const unsigned char *der, long length, X509_STORE *store) {
  const unsigned char *at = der;
  CMS_ContentInfo *package = d2i_CMS_ContentInfo(NULL, &at, length);
  BIO *content = BIO_new(BIO_s_mem());
  if (package == NULL || CMS_verify(package, NULL, store, NULL, content, CMS_BINARY | CMS_CADES) != 1) stop("refused");
  BIO_free(content);
  CMS_ContentInfo_free(package);
}

int main(int count, char **given) {
  if (count != 5) stop("package.der root.pem crls.pem milliseconds");
  static unsigned char der[1 << 20];
  FILE *file = opened(given[1]);
  long length = (long)fread(der, 1, sizeof der, file);
  fclose(file);
  X509_STORE *store = trust(given[2], given[3]);
  for (int i = 0; i < 50; i++) verify(der, length, store);
  double begun = seconds(), end = begun + atoi(given[4]) / 1000.0, now = begun;
  long times = 0;
  for (; now < end; now = seconds(), times++) verify(der, length, store);
  printf("%.3f\n", (now - begun) * 1e6 / (double)times);
  return 0;
}
