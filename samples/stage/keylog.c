// Writes the key log of a program that uses OpenSSL and has no option for it: put in front of the library with LD_PRELOAD, it sets
// the callback for each context. The lines go to the file named by SSLKEYLOGFILE, in the format of NSS.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_method_st SSL_METHOD;

void SSL_CTX_set_keylog_callback(SSL_CTX *context, void (*callback)(const SSL *, const char *));

static void write_line(const SSL *connection, const char *line)
{
    const char *path = getenv("SSLKEYLOGFILE");
    FILE *file = path ? fopen(path, "a") : NULL;
    (void)connection;
    if (!file) return;
    fprintf(file, "%s\n", line);
    fclose(file);
}

SSL_CTX *SSL_CTX_new(const SSL_METHOD *method)
{
    SSL_CTX *(*original)(const SSL_METHOD *) = (SSL_CTX * (*)(const SSL_METHOD *)) dlsym(RTLD_NEXT, "SSL_CTX_new");
    SSL_CTX *context = original ? original(method) : NULL;
    if (context) SSL_CTX_set_keylog_callback(context, write_line);
    return context;
}
