/* What a kind of paper may name, and where it comes from. Only document_shape.c, which gives the names, and
 * document_data.c, which gives the values, include it. */
#ifndef SERVICE_DOCUMENT_SHAPE_H
#define SERVICE_DOCUMENT_SHAPE_H

#include "service/document_data.h"

enum { DOCUMENT_LINKS_MAX = 3, DOCUMENT_LISTS_MAX = 3, DOCUMENT_WANTED_MAX = 3, LIST_STATES_MAX = 8 };

typedef enum FromWhat { FROM_SUBJECT, FROM_INSPECTION, FROM_ROUND, FROM_TEAM, FROM_ROW } FromWhat;

typedef struct ListSource ListSource;
struct ListSource {
    const char *name;
    EntityKind entity;
    const char *by; /* its field that holds the id of … */
    FromWhat from;
    const char *sort;
    const char *states[LIST_STATES_MAX]; /* none: all */
    const ListSource *inner;
    size_t inner_count;
};

typedef struct LinkSource {
    const char *prefix; /* "轮次." */
    EntityKind entity;
} LinkSource;

/* What stands beside the subject of a kind. */
typedef struct KindSource {
    LinkSource links[DOCUMENT_LINKS_MAX];
    ListSource lists[DOCUMENT_LISTS_MAX];
    const char *wanted[DOCUMENT_WANTED_MAX];
} KindSource;

const KindSource *document_kind_source(DocumentKind kind);
/* May templates name it? */
bool document_field_is_named(const Field *f);

#define COMMON_SLOTS(X)            \
    X(TITLE, "标题", TEXT)         \
    X(MAKER, "发文机关", TEXT)     \
    X(NUMBER, "发文字号", TEXT)    \
    X(ADDRESSEE, "主送机关", TEXT) \
    X(COPIES, "抄送机关", TEXT)    \
    X(DATED, "成文日期", DATE)     \
    X(SIGNER, "签发人", TEXT)      \
    X(SECRECY, "密级标注", TEXT)   \
    X(URGENCY, "紧急程度", TEXT)   \
    X(CODE, "校验码", TEXT)        \
    X(WATERMARK, "水印", TEXT)     \
    X(PRINTER, "印发机关", TEXT)   \
    X(ISSUED, "印发日期", DATE)    \
    X(SEAL, "印章", IMAGE)         \
    X(SIGNATURE, "签名", IMAGE)    \
    X(COPY, "份号", TEXT)          \
    X(FILLED, "填制日期", DATE)
enum CommonSlot {
#define X(NAME, name, type) COMMON_##NAME,
    COMMON_SLOTS(X)
#undef X
        COMMON_COUNT
};

struct DocumentShape {
    DocumentKind kind;
    SlotShape shape;
    size_t subject, links[DOCUMENT_LINKS_MAX], lists, special, figures; /* where each begins among the slots */
};

#endif
