/* Evidence files and the attachments that put them under a record. */
#ifndef DOMAIN_EVIDENCE_H
#define DOMAIN_EVIDENCE_H

#include "domain/change.h"
#include "domain/permission.h"

enum { EVIDENCE_CHUNK = 1 << 20 };
#define EVIDENCE_SIZE_MAX ((int64_t)1 << 30)

/* A sealed file as it lies in the evidence folder under its id, in chunks of EVIDENCE_CHUNK. */
#define EVIDENCE_FIELDS(X)                                                                 \
    RECORD_FIELDS(X, Evidence)                                                             \
    X(Evidence, REF, inspection, "巡察对象", "Inspection", 26, INPUT | LISTED, INSPECTION) \
    X(Evidence, REF, organiser, "主办机构", "Organiser", 26, 0, ORGANISER)                 \
    X(Evidence, INT, size, "字节数", "Bytes", 0, REQUIRED | INPUT | LISTED, -)             \
    X(Evidence, TEXT, digest, "摘要", "Digest", 64, REQUIRED | LISTED, -)                  \
    X(Evidence, TEXT, key, "密钥", "Key", 26, REQUIRED | HIDDEN, -)                        \
    X(Evidence, BYTES, chunks, "分块摘要", "Chunk digests", 0, HIDDEN, -)
FIELDS_DECLARE(Evidence, EVIDENCE_FIELDS);

#define PROOF_KINDS(X)                                     \
    X(ORIGINAL, original, "书证原件", "Original document") \
    X(COPY, copy, "书证复印件", "Copy")                    \
    X(RECORD, record, "谈话记录", "Interview record")      \
    X(VOUCHER, voucher, "财务凭证", "Voucher")             \
    X(PHOTO, photo, "照片视频", "Photo or video")          \
    X(STATISTICS, statistics, "统计资料", "Statistics")    \
    X(SCAN, scan, "签署扫描件", "Scan of a signature")     \
    X(OTHER, other, "其他", "Other")
extern const Choices proof_kinds;

#define ATTACHMENT_FIELDS(X)                                                                          \
    RECORD_FIELDS(X, Attachment)                                                                      \
    X(Attachment, TEXT, subject, "对象种类", "Subject", 30, REQUIRED | INPUT | LISTED, -)             \
    X(Attachment, TEXT, record, "对象", "Record", 26, REQUIRED | INPUT | LISTED, -)                   \
    X(Attachment, REF, evidence, "文件", "File", 26, REQUIRED | INPUT | LISTED, EVIDENCE)             \
    X(Attachment, TEXT, name, "文件名", "File name", 200, REQUIRED | INPUT | LISTED, -)               \
    X(Attachment, INT, size, "字节数", "Bytes", 0, LISTED, -)                                         \
    X(Attachment, TEXT, digest, "摘要", "Digest", 64, LISTED, -)                                      \
    X(Attachment, CHOICE, kind, "证据类型", "Kind", 20, INPUT | LISTED, proof_kinds)                  \
    X(Attachment, TEXT, pages, "页码", "Pages", 40, INPUT | LISTED, -)                                \
    X(Attachment, TEXT, origin, "来源", "Origin", 120, INPUT | LISTED, -)                             \
    X(Attachment, FLAG, compared, "已与原件核对", "Compared with the original", 0, INPUT | LISTED, -) \
    X(Attachment, TEXT, obtained_by, "取得人", "Obtained by", 40, INPUT | LISTED, -)                  \
    X(Attachment, DATE, obtained_on, "取得日期", "Obtained on", 0, INPUT | LISTED, -)                 \
    X(Attachment, REF, inspection, "巡察对象", "Inspection", 26, 0, INSPECTION)                       \
    X(Attachment, REF, unit, "单位", "Unit", 26, 0, UNIT)                                             \
    X(Attachment, REF, organiser, "主办机构", "Organiser", 26, 0, ORGANISER)
FIELDS_DECLARE(Attachment, ATTACHMENT_FIELDS);

/* Puts a finished file under a record. `subject_open`: the subject's state still takes attachments. */
Status attachment_add(Ctx *c, const Entity *subject, const void *record, const Evidence *file, const Attachment *input,
    Changes *out) MUST_CHECK;

#endif
