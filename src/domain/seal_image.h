/* Images that issued papers bear: the seal (印章) of the maker, the signature (签名) of the signer.
 *
 *   待启用 → 使用中 → 已停用
 *
 * They stand on what was issued and nowhere else: drafts and prints never bear them. Who keeps an image does not put it
 * in force: a second person does. An image is no electronic signature; the check code is what tells a paper's worth. */
#ifndef DOMAIN_SEAL_IMAGE_H
#define DOMAIN_SEAL_IMAGE_H

#include "domain/document.h"

#define SEAL_KINDS(X)             \
    X(SEAL, seal, "印章", "Seal") \
    X(SIGNATURE, signature, "签名", "Signature")
enum SealImageKind { SEAL_KIND_NONE, SEAL_KIND_SEAL, SEAL_KIND_SIGNATURE };
extern const Choices seal_kinds;

#define SEAL_IMAGE_FIELDS(X)                                                             \
    RECORD_FIELDS(X, SealImage)                                                          \
    X(SealImage, REF, organiser, "主办机构", "Organiser", 26, REQUIRED, ORGANISER)       \
    X(SealImage, CHOICE, kind, "类型", "Kind", 20, REQUIRED | LISTED, seal_kinds)        \
    X(SealImage, TEXT, name, "名称", "Name", 80, REQUIRED | LISTED | SEARCHED, -)        \
    X(SealImage, INT, width_mm, "宽（毫米）", "Width, mm", 0, LISTED, -)                 \
    X(SealImage, INT, height_mm, "高（毫米）", "Height, mm", 0, LISTED, -)               \
    X(SealImage, CHOICE, state, "状态", "State", 20, REQUIRED | LISTED, template_states) \
    X(SealImage, BYTES, image, "图像", "Image", 0, HIDDEN, -)                            \
    X(SealImage, TEXT, digest, "摘要", "Digest", 64, 0, -)                               \
    X(SealImage, TEXT, added_by, "登记人", "Kept by", 40, LISTED, -)                     \
    X(SealImage, TEXT, account, "登记账号", "Account", 40, HIDDEN, -)                    \
    X(SealImage, DATE, in_force_on, "启用日期", "In force from", 0, LISTED, -)           \
    X(SealImage, DATE, retired_on, "停用日期", "Retired on", 0, LISTED, -)
FIELDS_DECLARE(SealImage, SEAL_IMAGE_FIELDS);

/* What comes in with an image: `file` is a PNG or JPEG in base64. */
#define SEAL_INPUT_FIELDS(X)                                                               \
    X(SealInput, REF, organiser, "主办机构", "Organiser", 26, REQUIRED | INPUT, ORGANISER) \
    X(SealInput, CHOICE, kind, "类型", "Kind", 20, REQUIRED | INPUT, seal_kinds)           \
    X(SealInput, TEXT, name, "名称", "Name", 80, REQUIRED | INPUT, -)                      \
    X(SealInput, INT, width_mm, "宽（毫米）", "Width, mm", 0, INPUT, -)                    \
    X(SealInput, LONG, file, "文件", "File", 0, REQUIRED | INPUT, -)
FIELDS_DECLARE(SealInput, SEAL_INPUT_FIELDS);

/* `image` with its size in pixels has been looked at. Without a width a seal has 42 mm, a signature 35. */
Status seal_image_add(Ctx *c, const SealInput *input, Str image, int width, int height, Changes *out) MUST_CHECK;
/* `others`: those in force under the same name, which it takes the place of. */
Status seal_image_enforce(Ctx *c, const SealImage *now, const SealImage *others, size_t count, const MoveInput *input,
    Changes *out) MUST_CHECK;
Status seal_image_retire(Ctx *c, const SealImage *now, const MoveInput *input, Changes *out) MUST_CHECK;

#endif
