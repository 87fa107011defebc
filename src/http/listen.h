/* The only files that know the HTTP library are listen.c and stream.c: parse, spool, suspend, resume,
 * sizes and time limits. Plain HTTP on loopback; TLS or TLCP is a proxy's in front. */
#ifndef HTTP_LISTEN_H
#define HTTP_LISTEN_H

#include "service/app.h"

typedef struct ListenWish {
    Str address;   /* "127.0.0.1" */
    uint16_t port; /* 0: any free one */
    bool secure;   /* behind a proxy with TLS: the cookie is marked Secure */
    int threads;   /* 0: 4 */
} ListenWish;

typedef struct Listener Listener;
Status listen_open(Ctx *c, App *app, const ListenWish *wish, Listener **out) MUST_CHECK;
uint16_t listen_port(const Listener *listener);
/* Takes no more connections, lets every request that was begun finish, then stops. */
void listen_close(Listener *listener);

#endif
