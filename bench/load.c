/* Sends the requests of a plan over so many connections for so long, one at a time on each, and says what came back.
 *
 *     load PORT CONNECTIONS SECONDS PLAN
 *
 * prints: answers, those that were no 2xx, bytes of bodies, seconds, median and 99th percentile in µs */

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { ANSWER_ROOM = 1 << 20, SAMPLES = 1 << 20 };

typedef struct Request {
    char *bytes;
    size_t len;
} Request;

typedef struct Plan {
    Request *requests;
    size_t count;
    size_t next;
} Plan;

typedef struct Connection {
    int fd;
    const Request *request;
    size_t sent, got, wanted; /* wanted: 0 until the head is there */
    size_t head;
    int64_t began;
    char *answer;
} Connection;

typedef struct Tally {
    size_t answers, others, bytes;
    uint32_t *us;
} Tally;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int64_t now_us(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static Request request_of(char *line)
{
    char *part[5];
    Request r;
    for (int i = 0; i < 5; i++)
        part[i] = strsep(&line, "\t\n");
    int len = asprintf(&r.bytes,
        "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: xuncha=%s\r\nX-CSRF-Token: %s\r\nContent-Type: "
        "application/json\r\n"
        "Content-Length: %zu\r\n\r\n%s",
        part[0], part[1], part[2], part[3], strlen(part[4]), part[4]);
    if (len < 0)
        die("asprintf");
    r.len = (size_t)len;
    return r;
}

static Plan plan_read(const char *path)
{
    Plan p = { NULL, 0, 0 };
    char *line = NULL;
    size_t room = 0;
    FILE *in = fopen(path, "r");
    if (!in)
        die(path);
    while (getline(&line, &room, in) > 0) {
        p.requests = realloc(p.requests, (p.count + 1) * sizeof *p.requests);
        p.requests[p.count++] = request_of(line);
    }
    free(line);
    fclose(in);
    return p;
}

static void connect_to(Connection *c, uint16_t port)
{
    struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(port) };
    int one = 1;
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    c->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&to, sizeof to) != 0)
        die("connect");
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    c->answer = malloc(ANSWER_ROOM);
}

static void send_next(Connection *c, Plan *p)
{
    c->request = &p->requests[p->next++ % p->count];
    c->sent = c->got = c->wanted = 0;
    c->began = now_us();
    if (write(c->fd, c->request->bytes, c->request->len) != (ssize_t)c->request->len)
        die("write");
}

static void learn_length(Connection *c)
{
    char *end = memmem(c->answer, c->got, "\r\n\r\n", 4);
    if (!end)
        return;
    c->answer[c->got] = '\0';
    char *length = strcasestr(c->answer, "content-length:");
    if (!length || length > end) {
        fputs("load: an answer without a length\n", stderr);
        exit(1);
    }
    c->head = (size_t)(end + 4 - c->answer);
    c->wanted = c->head + strtoul(length + 15, NULL, 10);
}

/* True when the answer is whole. */
static bool take(Connection *c, Tally *t)
{
    ssize_t n = read(c->fd, c->answer + c->got, ANSWER_ROOM - 1 - c->got);
    if (n <= 0)
        die("the server hung up");
    c->got += (size_t)n;
    if (!c->wanted)
        learn_length(c);
    if (!c->wanted || c->got < c->wanted)
        return false;
    if (t->answers < SAMPLES)
        t->us[t->answers] = (uint32_t)(now_us() - c->began);
    t->answers++;
    t->others += c->answer[9] != '2';
    t->bytes += c->wanted - c->head;
    return true;
}

static int by_size(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fputs("usage: load PORT CONNECTIONS SECONDS PLAN\n", stderr);
        return 2;
    }
    int count = atoi(argv[2]);
    Plan plan = plan_read(argv[4]);
    plan.next = (size_t)(now_us() % (int64_t)plan.count);
    Connection *all = calloc((size_t)count, sizeof *all);
    Tally t = { .us = calloc(SAMPLES, sizeof(uint32_t)) };
    int epoll = epoll_create1(0);
    for (int i = 0; i < count; i++) {
        struct epoll_event want = { .events = EPOLLIN, .data.ptr = &all[i] };
        connect_to(&all[i], (uint16_t)atoi(argv[1]));
        epoll_ctl(epoll, EPOLL_CTL_ADD, all[i].fd, &want);
    }
    int64_t began = now_us(), until = began + (int64_t)(atof(argv[3]) * 1000000);
    for (int i = 0; i < count; i++)
        send_next(&all[i], &plan);
    for (int open = count; open > 0;) {
        struct epoll_event ready[64];
        int n = epoll_wait(epoll, ready, 64, 0); /* awake all the time: the server pays for no wake-ups */
        for (int i = 0; i < n; i++) {
            Connection *c = ready[i].data.ptr;
            if (!take(c, &t))
                continue;
            if (now_us() < until)
                send_next(c, &plan);
            else
                open--;
        }
    }
    double seconds = (double)(now_us() - began) / 1e6;
    size_t sampled = t.answers < SAMPLES ? t.answers : SAMPLES;
    qsort(t.us, sampled, sizeof *t.us, by_size);
    printf(
        "%zu %zu %zu %.3f %u %u\n", t.answers, t.others, t.bytes, seconds, t.us[sampled / 2], t.us[sampled * 99 / 100]);
    return 0;
}
