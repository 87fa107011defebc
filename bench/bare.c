/* The HTTP library alone, set up as the program sets it up, answering every request with the same bytes: what a
 * read is measured against.
 *
 *     bare THREADS FILE        prints its port */
#include <microhttpd.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct Body {
    char *bytes;
    size_t len;
} Body;

static enum MHD_Result handle(void *arg, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *data, size_t *len, void **request)
{
    static int seen;
    const Body *body = arg;
    (void)url, (void)method, (void)version, (void)data;
    if (!*request || *len) {
        *request = &seen;
        *len = 0;
        return MHD_YES;
    }
    struct MHD_Response *r = MHD_create_response_from_buffer(body->len, body->bytes, MHD_RESPMEM_PERSISTENT);
    MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, "application/json");
    enum MHD_Result queued = MHD_queue_response(connection, MHD_HTTP_OK, r);
    MHD_destroy_response(r);
    return queued;
}

static Body read_all(const char *path)
{
    Body b = { malloc(1 << 20), 0 };
    FILE *in = fopen(path, "rb");
    if (!in) {
        perror(path);
        exit(1);
    }
    b.len = fread(b.bytes, 1, 1 << 20, in);
    fclose(in);
    return b;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    Body body = read_all(argv[2]);
    struct MHD_Daemon *daemon = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL,
        NULL, handle, &body, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)atoi(argv[1]), MHD_OPTION_CONNECTION_MEMORY_LIMIT,
        (size_t)32 * 1024, MHD_OPTION_END);
    if (!daemon)
        return 1;
    printf("%u\n", MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
    fflush(stdout);
    pause();
    return 0;
}
