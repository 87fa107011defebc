/* Inputs of operations that are neither an entity's fields nor a move's. */
#ifndef SERVICE_INPUTS_H
#define SERVICE_INPUTS_H

#include "domain/account.h"

#define LOGIN_FIELDS(X)                                                    \
    X(LoginInput, TEXT, login, "登录名", "Login", 40, INPUT | REQUIRED, -) \
    X(LoginInput, SECRET, password, "口令", "Password", 128, INPUT | REQUIRED, -)
FIELDS_DECLARE(LoginInput, LOGIN_FIELDS);

#define ROLE_INPUT_FIELDS(X) X(RoleInput, CHOICE, role, "角色", "Role", 20, INPUT | REQUIRED, roles)
FIELDS_DECLARE(RoleInput, ROLE_INPUT_FIELDS);

#define PASSWORD_FIELDS(X)                                                            \
    X(PasswordInput, SECRET, old, "原口令", "Old password", 128, INPUT | REQUIRED, -) \
    X(PasswordInput, SECRET, password, "新口令", "New password", 128, INPUT | REQUIRED, -)
FIELDS_DECLARE(PasswordInput, PASSWORD_FIELDS);

#define TOKEN_FIELDS(X) X(TokenInput, DATE, valid_to, "有效期至", "Valid to", 0, INPUT | REQUIRED, -)
FIELDS_DECLARE(TokenInput, TOKEN_FIELDS);

#define UPLOAD_FIELDS(X)                                                             \
    X(UploadInput, INT, size, "字节数", "Bytes", 0, INPUT | REQUIRED, -)             \
    X(UploadInput, REF, inspection, "巡察对象", "Inspection", 26, INPUT, INSPECTION) \
    X(UploadInput, REF, organiser, "主办机构", "Organiser", 26, INPUT, ORGANISER)
FIELDS_DECLARE(UploadInput, UPLOAD_FIELDS);

/* `file` is the .docx in base64. */
#define RETURN_INPUT_FIELDS(X) X(ReturnInput, LONG, file, "文件", "File", 0, INPUT | REQUIRED, -)
FIELDS_DECLARE(ReturnInput, RETURN_INPUT_FIELDS);

#define END_FIELDS(X) X(EndInput, DATE, valid_to, "失效日期", "Last day", 0, INPUT | REQUIRED, -)
FIELDS_DECLARE(EndInput, END_FIELDS);

#endif
