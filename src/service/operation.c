#include "service/operation.h"

#include "domain/account.h"
#include "domain/adoption.h"
#include "domain/document.h"
#include "domain/dossier.h"
#include "domain/effect.h"
#include "domain/evaluation.h"
#include "domain/evidence.h"
#include "domain/fact_check.h"
#include "domain/figure_set.h"
#include "domain/filing.h"
#include "domain/finding.h"
#include "domain/import.h"
#include "domain/instruction.h"
#include "domain/legacy.h"
#include "domain/objection.h"
#include "domain/past.h"
#include "domain/past_letter.h"
#include "domain/recheck.h"
#include "domain/rectification.h"
#include "domain/ruleset.h"
#include "domain/seal_image.h"
#include "domain/supervision_log.h"
#include "domain/talk.h"
#include "domain/unit.h"
#include "domain/workbook.h"
#include "service/inputs.h"
#include "service/services.h"

FIELDS_DEFINE(LoginInput, "login", LOGIN_FIELDS);
FIELDS_DEFINE(RoleInput, "role", ROLE_INPUT_FIELDS);
FIELDS_DEFINE(PasswordInput, "password", PASSWORD_FIELDS);
FIELDS_DEFINE(TokenInput, "token", TOKEN_FIELDS);
FIELDS_DEFINE(UploadInput, "uploads", UPLOAD_FIELDS);
FIELDS_DEFINE(EndInput, "end", END_FIELDS);

#define READ(name_, need_, entity_, flags_, read_, zh, en)                                                       \
    {                                                                                                            \
        .name = name_, .need = NEED_##need_, .tx = TX_READ, .entity = entity_, .flags = (flags_), .read = read_, \
        .label = {                                                                                               \
            zh,                                                                                                  \
            en                                                                                                   \
        }                                                                                                        \
    }
#define MAKE(name_, need_, entity_, decide_, zh, en)                                                     \
    {                                                                                                    \
        .name = name_, .need = NEED_##need_, .tx = TX_WRITE, .entity = ENTITY_##entity_, .flags = MAKES, \
        .allowed = INPUT, .decide = decide_, .label = {                                                  \
            zh,                                                                                          \
            en                                                                                           \
        }                                                                                                \
    }
#define CHANGE(name_, need_, entity_, decide_, zh, en)                                                       \
    {                                                                                                        \
        .name = name_, .need = NEED_##need_, .tx = TX_WRITE, .entity = ENTITY_##entity_, .flags = VERSIONED, \
        .allowed = EDIT, .decide = decide_, .label = {                                                       \
            zh,                                                                                              \
            en                                                                                               \
        }                                                                                                    \
    }
#define MOVE(name_, need_, entity_, decide_, zh, en)                                                         \
    {                                                                                                        \
        .name = name_, .need = NEED_##need_, .tx = TX_WRITE, .entity = ENTITY_##entity_, .flags = VERSIONED, \
        .input = &MoveInput_table, .allowed = INPUT, .decide = decide_, .label = {                           \
            zh,                                                                                              \
            en                                                                                               \
        }                                                                                                    \
    }

/* A move with a form of its own. */
#define MOVE_WITH(name_, need_, entity_, form_, decide_, zh, en)                                             \
    {                                                                                                        \
        .name = name_, .need = NEED_##need_, .tx = TX_WRITE, .entity = ENTITY_##entity_, .flags = VERSIONED, \
        .input = &form_##_table, .allowed = INPUT, .decide = decide_, .label = {                             \
            zh,                                                                                              \
            en                                                                                               \
        }                                                                                                    \
    }

/* A record made from a form of its own. */
#define MAKE_WITH(name_, need_, entity_, form_, decide_, zh, en)                                         \
    {                                                                                                    \
        .name = name_, .need = NEED_##need_, .tx = TX_WRITE, .entity = ENTITY_##entity_, .flags = MAKES, \
        .input = &form_##_table, .allowed = INPUT, .decide = decide_, .label = {                         \
            zh,                                                                                          \
            en                                                                                           \
        }                                                                                                \
    }

/* A paper that leaves the system: noted; off the transport's threads, since a PDF takes seconds. */
#define PRINT(name_, entity_, read_, zh, en)                                                                          \
    {                                                                                                                 \
        .name = name_, .need = NEED_PRINT, .tx = TX_READ, .entity = (entity_), .flags = NOTED | HEAVY, .read = read_, \
        .finish = document_finish, .label = {                                                                         \
            zh,                                                                                                       \
            en                                                                                                        \
        }                                                                                                             \
    }

/* A move that a background job takes up. */
#define IMPORT_MOVE(name_, form_, zh, en)                                                                          \
    {                                                                                                              \
        .name = name_, .need = NEED_IMPORT_KEEP, .tx = TX_WRITE, .entity = ENTITY_IMPORT, .flags = VERSIONED,      \
        .input = &form_##_table, .allowed = INPUT, .decide = import_service_decide, .after = import_service_after, \
        .label = {                                                                                                 \
            zh,                                                                                                    \
            en                                                                                                     \
        }                                                                                                          \
    }

const Operation operations[USE_COUNT] = {
    [USE_LOGIN] = { .name = "session.login",
        .need = NEED_NOBODY,
        .tx = TX_WRITE,
        .flags = HEAVY | FIRST,
        .input = &LoginInput_table,
        .allowed = INPUT,
        .prepare = session_login_prepare,
        .write = session_login_write,
        .label = { "登录", "Log in" } },
    [USE_LOGOUT] = { .name = "session.logout",
        .need = NEED_SELF,
        .tx = TX_WRITE,
        .flags = FIRST,
        .write = session_logout_write,
        .label = { "退出登录", "Log out" } },
    [USE_SESSION_SHOW] = READ("session.show", NOBODY, ENTITY_NONE, QUIET | FIRST, session_show, "当前登录", "Session"),
    [USE_SESSION_ROLE] = { .name = "session.role",
        .need = NEED_SELF,
        .tx = TX_WRITE,
        .input = &RoleInput_table,
        .allowed = INPUT,
        .write = session_role_write,
        .read = session_show,
        .label = { "切换角色", "Switch role" } },
    [USE_PASSWORD_CHANGE] = { .name = "session.password",
        .need = NEED_SELF,
        .tx = TX_WRITE,
        .flags = HEAVY | FIRST,
        .input = &PasswordInput_table,
        .allowed = INPUT,
        .prepare = session_password_prepare,
        .decide = session_password_decide,
        .write = session_password_write,
        .read = session_show,
        .label = { "修改口令", "Change password" } },
    [USE_SESSION_TOKEN] = { .name = "session.token",
        .need = NEED_SELF,
        .tx = TX_WRITE,
        .input = &TokenInput_table,
        .allowed = INPUT,
        .write = session_token_write,
        .label = { "签发程序令牌", "Issue a token for a program" } },

    [USE_RECORD_LIST] = READ("record.list", READ, ENTITY_NONE, 0, record_service_list, "查看列表", "List"),
    [USE_RECORD_COUNT] = READ("record.count", READ, ENTITY_NONE, 0, record_service_count, "统计条数", "Count"),
    [USE_RECORD_EXPORT] = READ("record.export", READ, ENTITY_NONE, NOTED, export_service_list, "导出", "Export"),
    [USE_RECORD_SHOW] = READ("record.show", READ, ENTITY_NONE, 0, record_service_show, "查看", "Show"),
    [USE_RECORD_HISTORY] =
        READ("record.history", READ, ENTITY_NONE, 0, record_service_history, "查看变更记录", "History"),
    [USE_SEARCH] = READ("search", SEARCH, ENTITY_NONE, 0, search_service_find, "检索", "Search"),
    [USE_TASK_LIST] = READ("task.list", READ, ENTITY_NONE, QUIET, task_service_list, "查看待办", "Tasks"),
    [USE_TASK_DONE] = READ("task.done", READ, ENTITY_NONE, QUIET, task_service_done, "查看已办", "Tasks done"),
    [USE_TASK_PASS] = MAKE("task.pass", TASK_PASS, HANDOVER, task_service_pass, "转办", "Pass a task on"),
    [USE_DIGEST_SHOW] = READ("digest.show", READ, ENTITY_NONE, QUIET, digest_service_show, "今日摘要", "Digest"),
    [USE_FIGURE_LIST] = READ("figure.list", FIGURES, ENTITY_NONE, 0, figure_service_list, "查看统计", "Figures"),
    [USE_CHECK_RUN] = READ("check.run", CHECK, ENTITY_NONE, 0, check_service_run, "核对数字", "Check figures"),
    [USE_FIGURE_SHOW] = READ("figure.show", FIGURES, ENTITY_NONE, 0, figure_service_show, "查看指标", "Figure"),
    [USE_FIGURE_BREAKDOWN] =
        READ("figure.breakdown", FIGURES, ENTITY_NONE, 0, figure_service_breakdown, "分组统计", "Figure by groups"),
    [USE_FIGURE_SET_FREEZE] =
        MAKE("figure_set.freeze", FIGURES_KEEP, FIGURE_SET, frozen_service_freeze, "冻结指标", "Freeze figures"),
    [USE_FIGURE_SET_PUBLISH] =
        MOVE("figure_set.publish", AUTHORISE, FIGURE_SET, frozen_service_decide, "签发指标", "Publish figures"),
    [USE_FIGURE_SET_VOID] =
        MOVE("figure_set.void", FIGURES_KEEP, FIGURE_SET, frozen_service_decide, "作废指标", "Void figures"),
    [USE_FIGURE_SET_COMPARE] =
        READ("figure_set.compare", FIGURES, ENTITY_FIGURE_SET, 0, frozen_service_compare, "复算指标", "Ask again"),
    [USE_FIGURE_SET_RECONCILE] = READ("figure_set.reconcile", FIGURES, ENTITY_FIGURE_SET, 0, frozen_service_reconcile,
        "对照指标", "Compare two sets"),
    [USE_DASHBOARD_SHOW] =
        READ("dashboard.show", FIGURES, ENTITY_NONE, 0, dashboard_service_show, "查看看板", "Dashboard"),
    [USE_REPORT_SHOW] =
        READ("report.show", FIGURES, ENTITY_NONE, 0, report_service_show, "查看五年报告", "Five-year report"),
    [USE_FORM_KEEP] = MAKE("form.keep", FIGURES_KEEP, STAT_FORM, form_service_keep, "登记报表", "Keep form"),
    [USE_FORM_EDIT] = CHANGE("form.edit", FIGURES_KEEP, STAT_FORM, form_service_edit, "修改报表", "Edit form"),
    [USE_FORM_LIST] = READ("form.list", FIGURES, ENTITY_NONE, 0, form_service_list, "查看报表目录", "Forms"),
    [USE_FORM_SHOW] = READ("form.show", FIGURES, ENTITY_NONE, 0, form_service_show, "查看报表", "Form"),
    [USE_FORM_EXPORT] =
        READ("form.export", FIGURES, ENTITY_NONE, NOTED, form_service_export, "导出报表", "Export form"),
    [USE_DOCUMENT_DRAFT] =
        MAKE("document.draft", DOCUMENT_KEEP, DOCUMENT, document_service_draft, "拟制公文", "Draft a paper"),
    [USE_DOCUMENT_EDIT] =
        CHANGE("document.edit", DOCUMENT_KEEP, DOCUMENT, document_service_edit, "修改公文", "Edit a paper"),
    [USE_DOCUMENT_ISSUE] =
        MOVE("document.issue", DOCUMENT_KEEP, DOCUMENT, document_service_decide, "印发公文", "Issue a paper"),
    [USE_DOCUMENT_VOID] =
        MOVE("document.void", DOCUMENT_KEEP, DOCUMENT, document_service_decide, "作废公文", "Void a paper"),
    [USE_DOCUMENT_FILE] = PRINT("document.file", ENTITY_DOCUMENT, document_service_file, "下载公文", "Paper as a file"),
    [USE_DOCUMENT_PRINT] = PRINT("document.print", ENTITY_NONE, document_service_print, "生成文书", "Print a paper"),
    [USE_DOCUMENT_OUTGOING] = PRINT(
        "document.outgoing", ENTITY_INSPECTION, document_service_outgoing, "生成全套外发文书", "All outgoing papers"),
    [USE_DOCUMENT_KINDS] =
        READ("document.kinds", PRINT, ENTITY_NONE, QUIET, document_service_kinds, "查看文种", "Kinds of paper"),
    [USE_DOCUMENT_VERIFY] =
        READ("document.verify", READ, ENTITY_NONE, NOTED, document_service_verify, "核验公文", "Verify a paper"),
    [USE_DOCUMENT_RETURNED] = { .name = "document.returned",
        .need = NEED_PRINT,
        .tx = TX_READ,
        .input = &ReturnInput_table,
        .allowed = INPUT,
        .read = document_service_returned,
        .label = { "读回文书", "Read a paper back" } },
    [USE_TEMPLATE_ADD] = MAKE_WITH("template.add", TEMPLATE_KEEP, DOCUMENT_TEMPLATE, TemplateInput,
        template_service_add, "登记模板", "Add template"),
    [USE_TEMPLATE_ENFORCE] = MOVE(
        "template.enforce", TEMPLATE_KEEP, DOCUMENT_TEMPLATE, template_service_decide, "启用模板", "Use a template"),
    [USE_TEMPLATE_RETIRE] = MOVE(
        "template.retire", TEMPLATE_KEEP, DOCUMENT_TEMPLATE, template_service_decide, "停用模板", "Retire a template"),
    [USE_TEMPLATE_FILE] = READ(
        "template.file", TEMPLATE_KEEP, ENTITY_NONE, NOTED, template_service_file, "下载模板", "Template as a file"),
    [USE_SEAL_ADD] =
        MAKE_WITH("seal_image.add", SEAL_KEEP, SEAL_IMAGE, SealInput, seal_service_add, "登记印章签名", "Keep a seal"),
    [USE_SEAL_ENFORCE] =
        MOVE("seal_image.enforce", SEAL_KEEP, SEAL_IMAGE, seal_service_decide, "启用印章签名", "Use a seal"),
    [USE_SEAL_FILE] =
        READ("seal_image.file", SEAL_KEEP, ENTITY_SEAL_IMAGE, NOTED, seal_service_file, "查看印章签名", "See a seal"),
    [USE_SEAL_RETIRE] =
        MOVE("seal_image.retire", SEAL_KEEP, SEAL_IMAGE, seal_service_decide, "停用印章签名", "Retire a seal"),
    [USE_DOSSIER_CATALOGUE] = { .name = "dossier.catalogue",
        .need = NEED_DOSSIER_KEEP,
        .tx = TX_WRITE,
        .entity = ENTITY_INSPECTION,
        .flags = VERSIONED,
        .decide = dossier_service_catalogue,
        .label = { "编制案卷目录", "Catalogue the file" } },
    [USE_DOSSIER_EDIT] = CHANGE(
        "dossier.edit", DOSSIER_KEEP, DOSSIER_ITEM, dossier_service_edit, "登记案卷文件", "Edit an item of the file"),
    [USE_DOSSIER_CHECK] = READ(
        "dossier.check", DOSSIER_KEEP, ENTITY_INSPECTION, NOTED, dossier_service_check, "核对案卷", "Check the file"),
    [USE_DOSSIER_EXPORT] = { .name = "dossier.export",
        .need = NEED_DOSSIER_KEEP,
        .tx = TX_READ,
        .entity = ENTITY_INSPECTION,
        .flags = NOTED | HEAVY,
        .read = dossier_service_export,
        .finish = dossier_export_finish,
        .label = { "导出案卷", "Export the file" } },
    [USE_LOAN_ASK] = MAKE("loan.ask", DOSSIER_BORROW, DOSSIER_LOAN, dossier_service_ask, "申请借阅", "Ask for a loan"),
    [USE_LOAN_GRANT] =
        MOVE("loan.grant", DOSSIER_KEEP, DOSSIER_LOAN, dossier_service_decide, "批准借阅", "Grant a loan"),
    [USE_LOAN_REFUSE] =
        MOVE("loan.refuse", DOSSIER_KEEP, DOSSIER_LOAN, dossier_service_decide, "不予借阅", "Refuse a loan"),
    [USE_LOAN_GIVE_BACK] =
        MOVE("loan.give_back", DOSSIER_KEEP, DOSSIER_LOAN, dossier_service_decide, "归还", "Give back"),
    [USE_SETTING_ADD] = MAKE("setting.add", SETTING_KEEP, SETTING, setting_service_add, "登记设置", "Add setting"),
    [USE_SETTING_EDIT] =
        CHANGE("setting.edit", SETTING_KEEP, SETTING, setting_service_edit, "修改设置", "Edit setting"),
    [USE_AUDIT_LIST] = READ("audit.list", AUDIT_READ, ENTITY_NONE, 0, audit_service_list, "查看审计", "Audit"),
    [USE_WORKFLOW_SHOW] =
        READ("workflow.show", READ, ENTITY_NONE, QUIET, workflow_service_show, "查看流程", "Workflow"),
    [USE_RULES_SHOW] = READ("rules.show", READ, ENTITY_RULE_SET, QUIET, rules_show, "查看规则", "Rules"),

    [USE_ORGANISER_ADD] =
        MAKE("organiser.add", ORGANISER_KEEP, ORGANISER, organiser_add, "登记主办机构", "Add organiser"),
    [USE_PERSON_ADD] = MAKE("person.add", PERSON_KEEP, PERSON, person_add, "登记人员", "Add person"),
    [USE_PERSON_EDIT] = CHANGE("person.edit", PERSON_KEEP, PERSON, person_edit, "修改人员", "Edit person"),
    [USE_ACCOUNT_ADD] = { .name = "account.add",
        .need = NEED_ACCOUNT_KEEP,
        .tx = TX_WRITE,
        .entity = ENTITY_ACCOUNT,
        .flags = MAKES | HEAVY,
        .allowed = INPUT,
        .prepare = account_add_prepare,
        .decide = account_add,
        .label = { "开设账号", "Add account" } },
    [USE_ACCOUNT_EDIT] = CHANGE("account.edit", ACCOUNT_KEEP, ACCOUNT, account_edit, "修改账号", "Edit account"),
    [USE_ACCOUNT_RESET] = { .name = "account.reset",
        .need = NEED_ACCOUNT_KEEP,
        .tx = TX_WRITE,
        .entity = ENTITY_ACCOUNT,
        .flags = VERSIONED | HEAVY,
        .prepare = account_reset_prepare,
        .decide = account_reset,
        .label = { "重置口令", "Reset password" } },
    [USE_ASSIGNMENT_OFFICES] = READ("assignment.offices", RIGHT_GRANT, ENTITY_ASSIGNMENT, 0, right_offices,
        "可授权的监督检查室和派驻组", "Offices that rights may name"),
    [USE_ASSIGNMENT_GRANT] = MAKE("assignment.grant", RIGHT_GRANT, ASSIGNMENT, right_grant, "授予权限", "Grant"),
    [USE_ASSIGNMENT_END] = { .name = "assignment.end",
        .need = NEED_RIGHT_GRANT,
        .tx = TX_WRITE,
        .entity = ENTITY_ASSIGNMENT,
        .flags = VERSIONED,
        .input = &EndInput_table,
        .allowed = INPUT,
        .decide = right_end,
        .label = { "终止权限", "End right" } },
    [USE_RULES_PUBLISH] = MAKE("rules.publish", RULES_KEEP, RULE_SET, rules_publish, "发布规则", "Publish rules"),

    [USE_UNIT_REGISTER] = MAKE("unit.register", UNIT_KEEP, UNIT, unit_service_register, "登记单位", "Register unit"),
    [USE_UNIT_EDIT] = CHANGE("unit.edit", UNIT_KEEP, UNIT, unit_service_edit, "修改单位", "Edit unit"),
    [USE_UNIT_CHANGE] = { .name = "unit.change",
        .need = NEED_UNIT_KEEP,
        .tx = TX_WRITE,
        .entity = ENTITY_UNIT,
        .flags = VERSIONED,
        .input = &UnitFact_table,
        .allowed = INPUT,
        .decide = unit_service_change,
        .label = { "变更单位事项", "Change unit" } },
    [USE_UNIT_TAKE_BACK] =
        MOVE("unit.take_back", UNIT_KEEP, UNIT_FACT, unit_service_take_back, "撤回单位变更", "Take back a change"),
    [USE_UNIT_MERGE] = MOVE_WITH("unit.merge", UNIT_KEEP, UNIT, UnitEnd, unit_service_merge, "合并单位", "Merge unit"),
    [USE_UNIT_ABOLISH] =
        MOVE_WITH("unit.abolish", UNIT_KEEP, UNIT, UnitEnd, unit_service_abolish, "撤销单位", "Abolish unit"),
    [USE_UNIT_IMPACT] = READ(
        "unit.impact", UNIT_KEEP, ENTITY_UNIT, 0, unit_service_impact, "查看合并撤销影响", "See what an end touches"),

    [USE_ROUND_OPEN] = MAKE("round.open", ROUND_KEEP, ROUND, round_service_open, "新建轮次", "Open round"),
    [USE_ROUND_EDIT] = CHANGE("round.edit", ROUND_KEEP, ROUND, round_service_edit, "修改轮次", "Edit round"),
    [USE_ROUND_ADOPT] =
        MOVE_WITH("round.adopt", RULES_KEEP, ROUND, AdoptInput, adoption_service_adopt, "变更规则", "Adopt rules"),
    [USE_ROUND_ADOPTION] = READ("round.adoption", RULES_KEEP, ENTITY_ROUND, 0, adoption_service_preview,
        "查看规则变更影响", "See what new rules move"),
    [USE_TEAM_FORM] = MAKE("team.form", ROUND_KEEP, TEAM, team_service_form, "组建巡察组", "Form team"),
    [USE_MEMBER_ADD] = MAKE("member.add", ROUND_KEEP, MEMBER, member_service_add, "增加组员", "Add member"),
    [USE_INSPECTION_PLAN] =
        MAKE("inspection.plan", ROUND_KEEP, INSPECTION, inspection_service_plan, "安排巡察对象", "Plan inspection"),
    [USE_INSPECTION_NOTIFY] =
        MOVE("inspection.notify", ROUND_KEEP, INSPECTION, inspection_service_move, "通知", "Notify"),
    [USE_INSPECTION_ENTER] =
        MOVE("inspection.enter", INSPECTION_RUN, INSPECTION, inspection_service_move, "进驻", "Enter"),
    [USE_INSPECTION_LEAVE] =
        MOVE("inspection.leave", INSPECTION_RUN, INSPECTION, inspection_service_move, "撤离", "Leave"),
    [USE_INSPECTION_REPORT] =
        MOVE("inspection.report", INSPECTION_RUN, INSPECTION, inspection_service_move, "起草报告", "Report"),
    [USE_INSPECTION_CONSULT] =
        MOVE("inspection.consult", INSPECTION_RUN, INSPECTION, inspection_service_move, "组办会商", "Consult"),
    [USE_INSPECTION_RETURN] =
        MOVE("inspection.return", ROUND_KEEP, INSPECTION, inspection_service_move, "退回", "Return"),
    [USE_INSPECTION_DELIBERATE] =
        MOVE("inspection.deliberate", ROUND_KEEP, INSPECTION, inspection_service_move, "领导小组审议", "Deliberate"),
    [USE_INSPECTION_HEAR] =
        MOVE("inspection.hear", ROUND_KEEP, INSPECTION, inspection_service_move, "书记专题会听取", "Hear"),
    [USE_INSPECTION_FOLLOW_UP] =
        MOVE("inspection.follow_up", ROUND_KEEP, INSPECTION, inspection_service_move, "转入持续整改", "Follow up"),
    [USE_INSPECTION_EVALUATE] =
        MOVE("inspection.evaluate", ROUND_KEEP, INSPECTION, inspection_service_move, "整改评估", "Evaluate"),
    [USE_INSPECTION_ARCHIVE] =
        MOVE("inspection.archive", ROUND_KEEP, INSPECTION, inspection_service_move, "归档", "Archive"),
    [USE_PROJECT_ENTER] =
        MAKE("project.enter", ROUND_KEEP, PROJECT, project_service_enter, "登记项目", "Enter project"),
    [USE_PROJECT_EDIT] = CHANGE("project.edit", ROUND_KEEP, PROJECT, project_service_edit, "修改项目", "Edit project"),
    [USE_PROJECT_UNIT_ADD] = MAKE(
        "project_unit.add", ROUND_KEEP, PROJECT_UNIT, project_unit_service_add, "增加参与单位", "Add project unit"),
    [USE_FOCUS_ADD] = MAKE("focus.add", ROUND_KEEP, FOCUS, focus_service_add, "增加重点内容", "Add focus"),
    [USE_FOCUS_EDIT] = CHANGE("focus.edit", ROUND_KEEP, FOCUS, focus_service_edit, "修改重点内容", "Edit focus"),
    [USE_AUTHORISATION_DRAFT] = MAKE("authorisation.draft", ROUND_KEEP, AUTHORISATION, authorisation_service_draft,
        "拟定授权决定", "Draft authorisation"),
    [USE_AUTHORISATION_EDIT] = CHANGE("authorisation.edit", ROUND_KEEP, AUTHORISATION, authorisation_service_edit,
        "修改授权决定", "Edit authorisation"),
    [USE_AUTHORISATION_ENFORCE] = MOVE(
        "authorisation.enforce", AUTHORISE, AUTHORISATION, authorisation_service_enforce, "授权生效", "Put in force"),
    [USE_AUTHORISATION_REVOKE] =
        MOVE("authorisation.revoke", AUTHORISE, AUTHORISATION, authorisation_service_revoke, "撤销授权", "Revoke"),

    [USE_PAPER_WRITE] = MAKE("paper.write", PAPER_WRITE, PAPER, paper_service_write, "编制底稿", "Write paper"),
    [USE_PAPER_EDIT] = CHANGE("paper.edit", PAPER_WRITE, PAPER, paper_service_edit, "修改底稿", "Edit paper"),
    [USE_PAPER_SIGN] = MOVE("paper.sign", PAPER_WRITE, PAPER, paper_service_move, "签署底稿", "Sign paper"),
    [USE_PAPER_RETURN] = MOVE("paper.return", PAPER_WRITE, PAPER, paper_service_move, "退回底稿", "Return paper"),
    [USE_PAPER_REVISE] = MOVE("paper.revise", PAPER_WRITE, PAPER, paper_service_move, "修订底稿", "Revise paper"),
    [USE_PAPER_DROP] = MOVE("paper.drop", PAPER_DECIDE, PAPER, paper_service_move, "不予采用", "Drop paper"),
    [USE_PAPER_MERGE] = { .name = "paper.merge",
        .need = NEED_PAPER_DECIDE,
        .tx = TX_WRITE,
        .entity = ENTITY_PAPER,
        .flags = VERSIONED,
        .input = &MoveInput_table,
        .allowed = INPUT,
        .ids_member = "target",
        .decide = paper_service_move,
        .label = { "合并底稿", "Merge paper" } },
    [USE_PAPER_ARCHIVE] = MOVE("paper.archive", ROUND_KEEP, PAPER, paper_service_move, "底稿归档", "Archive paper"),

    [USE_FINDING_DRAW] = { .name = "finding.draw",
        .need = NEED_FINDING_KEEP,
        .tx = TX_WRITE,
        .entity = ENTITY_FINDING,
        .flags = MAKES,
        .allowed = INPUT,
        .ids_member = "papers",
        .decide = finding_service_draw,
        .label = { "形成问题", "Make a finding" } },
    [USE_FINDING_EDIT] =
        CHANGE("finding.edit", FINDING_KEEP, FINDING, finding_service_edit, "修改问题", "Edit finding"),
    [USE_FINDING_WITHDRAW] =
        MOVE("finding.withdraw", FINDING_KEEP, FINDING, finding_service_withdraw, "撤回问题", "Withdraw finding"),
    [USE_FINDING_ASK_REVOKE] =
        MOVE("finding.ask_revoke", RECT_STRIKE, FINDING, finding_service_revoke, "提请撤销问题", "Ask to revoke"),
    [USE_FINDING_REVOKE] =
        MOVE("finding.revoke", AUTHORISE, FINDING, finding_service_revoke, "撤销问题", "Revoke finding"),
    [USE_FINDING_KEEP] = MOVE("finding.keep", AUTHORISE, FINDING, finding_service_revoke, "维持问题", "Keep finding"),
    [USE_FEEDBACK_DRAFT] =
        MAKE("feedback.draft", FEEDBACK_KEEP, FEEDBACK, feedback_service_draft, "拟定反馈意见", "Draft feedback"),
    [USE_FEEDBACK_EDIT] =
        CHANGE("feedback.edit", FEEDBACK_KEEP, FEEDBACK, feedback_service_edit, "修改反馈意见", "Edit feedback"),
    [USE_FEEDBACK_DELIVER] =
        MOVE("feedback.deliver", FEEDBACK_KEEP, FEEDBACK, feedback_service_deliver, "反馈", "Deliver feedback"),
    [USE_FEEDBACK_RECEIVE] = { .name = "feedback.receive",
        .need = NEED_FEEDBACK_RECEIVE,
        .tx = TX_WRITE,
        .entity = ENTITY_FEEDBACK,
        .flags = VERSIONED,
        .input = &ReceiptInput_table,
        .allowed = INPUT,
        .decide = feedback_service_receive,
        .label = { "签收反馈", "Receive feedback" } },

    [USE_RECTIFICATION_EDIT] =
        CHANGE("rectification.edit", RECT_ANSWER, RECTIFICATION, rectification_service_edit, "填写整改", "Edit item"),
    [USE_RECTIFICATION_START] =
        MOVE("rectification.start", RECT_ANSWER, RECTIFICATION, rectification_service_move, "启动整改", "Start"),
    [USE_RECTIFICATION_APPLY] =
        MOVE("rectification.apply", RECT_ANSWER, RECTIFICATION, rectification_service_move, "申请销号", "Apply"),
    [USE_RECTIFICATION_REVIEW] =
        MOVE("rectification.review", RECT_REVIEW, RECTIFICATION, rectification_service_move, "审核", "Review"),
    [USE_RECTIFICATION_RETURN] = MOVE_WITH("rectification.return", RECT_REVIEW, RECTIFICATION, RectReturn,
        rectification_service_return, "退回整改", "Return"),
    [USE_RECTIFICATION_STRIKE] =
        MOVE("rectification.strike", RECT_STRIKE, RECTIFICATION, rectification_service_move, "销号", "Strike off"),
    [USE_RECTIFICATION_REOPEN] = MOVE_WITH("rectification.reopen", RECT_STRIKE, RECTIFICATION, ReopenInput,
        rectification_service_reopen, "反弹重启", "Reopen"),
    [USE_RECHECK_DRAW] =
        MAKE("recheck.draw", RECHECK_KEEP, RECHECK, recheck_service_draw, "抽取整改抽查", "Draw a sample"),
    [USE_RECHECK_CLOSE] = MOVE("recheck.close", RECHECK_KEEP, RECHECK, recheck_service_decide, "办结抽查", "Close"),
    [USE_RECHECK_VOID] = MOVE("recheck.void", RECHECK_KEEP, RECHECK, recheck_service_decide, "作废抽查", "Void"),
    [USE_RECHECK_RECORD] = MOVE_WITH("recheck_item.record", RECHECK_RECORD, RECHECK_ITEM, RecheckResult,
        recheck_service_record, "登记抽查结论", "Enter a result"),
    [USE_RECHECK_ESTIMATE] =
        READ("recheck.estimate", FIGURES, ENTITY_RECHECK, 0, recheck_service_estimate, "推算整改属实率", "Estimate"),
    [USE_FACT_CHECK_SEND] = MAKE("fact_check.send", FINDING_KEEP, FACT_CHECK, fact_check_service_send, "送单位核对事实",
        "Send facts to the unit"),
    [USE_FACT_CHECK_REPLY] = MOVE_WITH("fact_check.reply", FACT_ANSWER, FACT_CHECK, FactAnswer,
        fact_check_service_reply, "答复事实核对", "Answer on facts"),
    [USE_FACT_CHECK_CLOSE] = MOVE_WITH("fact_check.close", FINDING_KEEP, FACT_CHECK, FactSettle,
        fact_check_service_close, "处理事实核对", "Settle the facts"),
    [USE_FACT_CHECK_VOID] = MOVE(
        "fact_check.void", FINDING_KEEP, FACT_CHECK, fact_check_service_void, "作废事实核对", "Void a check of facts"),
    [USE_OBJECTION_FILE] =
        MAKE("objection.file", OBJECT, OBJECTION, objection_service_file, "提出异议", "Object to a finding"),
    [USE_OBJECTION_KEEP] = MOVE_WITH("objection.keep", OBJECTION_DECIDE, OBJECTION, ObjectionDecision,
        objection_service_decide, "维持原问题", "Keep the finding"),
    [USE_OBJECTION_AMEND] = MOVE_WITH("objection.amend", OBJECTION_DECIDE, OBJECTION, ObjectionDecision,
        objection_service_decide, "采纳异议并修改问题", "Amend the finding"),
    [USE_OBJECTION_UPHOLD] = MOVE_WITH("objection.uphold", OBJECTION_DECIDE, OBJECTION, ObjectionDecision,
        objection_service_decide, "采纳异议并撤回问题", "Take the finding back"),
    [USE_OBJECTION_WITHDRAW] =
        MOVE("objection.withdraw", OBJECT, OBJECTION, objection_service_withdraw, "撤回异议", "Withdraw the objection"),
    [USE_EVALUATION_OPEN] = MAKE(
        "evaluation.open", EVALUATION_KEEP, EVALUATION, evaluation_service_open, "启动整改评估", "Open an evaluation"),
    [USE_EVALUATION_COUNT] = MOVE_WITH("evaluation.count", EVALUATION_KEEP, EVALUATION, BallotInput,
        evaluation_service_count, "录入测评票数", "Enter the ballots"),
    [USE_EVALUATION_CLOSE] = MOVE(
        "evaluation.close", EVALUATION_KEEP, EVALUATION, evaluation_service_close, "收齐评分", "Close the scoring"),
    [USE_EVALUATION_SETTLE] = MOVE_WITH("evaluation.settle", EVALUATION_DECIDE, EVALUATION, EvaluationDecision,
        evaluation_service_settle, "审定整改评估", "Settle the evaluation"),
    [USE_EVALUATION_VOID] = MOVE(
        "evaluation.void", EVALUATION_KEEP, EVALUATION, evaluation_service_void, "作废整改评估", "Void the evaluation"),
    [USE_EVALUATION_SCHEME] = READ(
        "evaluation.scheme", READ, ENTITY_EVALUATION, QUIET, evaluation_service_scheme, "查看评估方案", "Its scheme"),
    [USE_EVALUATION_SCHEMES] = READ("evaluation.schemes", EVALUATION_KEEP, ENTITY_INSPECTION, QUIET,
        evaluation_service_schemes, "查看可用的评估方案", "Schemes to evaluate by"),
    [USE_SHEET_ADD] = MAKE(
        "evaluation_sheet.add", EVALUATION_KEEP, EVALUATION_SHEET, evaluation_service_add, "增加评分表", "Add a sheet"),
    [USE_SHEET_SCORE] = MOVE_WITH("evaluation_sheet.score", EVALUATION_SCORE, EVALUATION_SHEET, SheetInput,
        evaluation_service_score, "评分", "Score"),
    [USE_SHEET_VOID] = MOVE("evaluation_sheet.void", EVALUATION_KEEP, EVALUATION_SHEET, evaluation_service_leave_out,
        "不评分", "Leave a sheet out"),
    [USE_EFFECT_STATE] =
        MAKE("effect.state", EFFECT_STATE, EFFECT, effect_service_state, "填报整改成效", "State an effect"),
    [USE_EFFECT_EDIT] =
        CHANGE("effect.edit", EFFECT_STATE, EFFECT, effect_service_edit, "修改整改成效", "Edit an effect"),
    [USE_EFFECT_CONFIRM] =
        MOVE("effect.confirm", EFFECT_CONFIRM, EFFECT, effect_service_decide, "核实整改成效", "Confirm an effect"),
    [USE_EFFECT_REJECT] = MOVE(
        "effect.reject", EFFECT_CONFIRM, EFFECT, effect_service_decide, "不予认定整改成效", "Do not accept an effect"),
    [USE_EFFECT_WITHDRAW] =
        MOVE("effect.withdraw", EFFECT_STATE, EFFECT, effect_service_decide, "撤回整改成效", "Withdraw an effect"),
    [USE_ADJUSTMENT_ASK] =
        MAKE("adjustment.ask", ADJUST_ASK, ADJUSTMENT, adjustment_service_ask, "申请整改调整", "Ask for an adjustment"),
    [USE_ADJUSTMENT_GRANT] =
        MOVE("adjustment.grant", ADJUST_DECIDE, ADJUSTMENT, adjustment_service_decide, "批准调整", "Grant"),
    [USE_ADJUSTMENT_REFUSE] =
        MOVE("adjustment.refuse", ADJUST_DECIDE, ADJUSTMENT, adjustment_service_decide, "不予批准", "Refuse"),
    [USE_ADJUSTMENT_WITHDRAW] =
        MOVE("adjustment.withdraw", ADJUST_ASK, ADJUSTMENT, adjustment_service_decide, "撤回申请", "Withdraw"),
    [USE_SHARE_GIVE] = MAKE("share.give", SHARE_KEEP, SHARE, share_service_give, "任务分工", "Share out"),
    [USE_SHARE_EDIT] = CHANGE("share.edit", SHARE_KEEP, SHARE, share_service_edit, "修改分工", "Edit share"),
    [USE_STATEMENT_ADD] =
        MAKE("statement.add", STATE, STATEMENT, statement_service_add, "填写进展与说明", "Add statement"),
    [USE_FILING_OPEN] = MAKE("filing.open", FILING_KEEP, FILING, filing_service_open, "起草整改材料", "Draft a filing"),
    [USE_FILING_EDIT] = CHANGE("filing.edit", FILING_KEEP, FILING, filing_service_edit, "修改整改材料", "Edit filing"),
    [USE_FILING_SUBMIT] =
        MOVE("filing.submit", FILING_KEEP, FILING, filing_service_submit, "报送审核", "File for review"),
    [USE_FILING_APPROVE] = MOVE_WITH("filing.approve", FILING_REVIEW, FILING, FilingCollate, filing_service_collate,
        "整改材料审核通过", "Pass a filing"),
    [USE_FILING_RETURN] = MOVE_WITH("filing.return", FILING_REVIEW, FILING, FilingCollate, filing_service_collate,
        "退回整改材料", "Return a filing"),
    [USE_FILING_GIVE] = MOVE_WITH("filing_review.give", FILING_REVIEW, FILING_REVIEW, FilingOpinion,
        filing_service_give, "出具会审意见", "Give an opinion"),
    [USE_WITHHOLDING_ASK] =
        MAKE("withholding.ask", FILING_KEEP, WITHHOLDING, withholding_service_ask, "提出不公开事项", "Ask to withhold"),
    [USE_WITHHOLDING_GRANT] =
        MOVE("withholding.grant", WITHHOLD_DECIDE, WITHHOLDING, withholding_service_decide, "同意不公开", "Withhold"),
    [USE_WITHHOLDING_REFUSE] = MOVE("withholding.refuse", WITHHOLD_DECIDE, WITHHOLDING, withholding_service_decide,
        "不同意不公开", "Refuse to withhold"),
    [USE_LETTER_DRAFT] = { .name = "letter.draft",
        .need = NEED_LETTER_KEEP,
        .tx = TX_WRITE,
        .entity = ENTITY_LETTER,
        .flags = MAKES,
        .allowed = INPUT,
        .ids_member = "items",
        .decide = letter_service_draft,
        .label = { "起草函件", "Draft letter" } },
    [USE_LETTER_EDIT] = CHANGE("letter.edit", LETTER_KEEP, LETTER, letter_service_edit, "修改函件", "Edit letter"),
    [USE_LETTER_ISSUE] =
        MOVE_WITH("letter.issue", LETTER_KEEP, LETTER, LetterInput, letter_service_move, "印发函件", "Issue letter"),
    [USE_LETTER_RECEIVE] = MOVE_WITH(
        "letter.receive", LETTER_ANSWER, LETTER, LetterInput, letter_service_move, "签收函件", "Receive letter"),
    [USE_LETTER_REPLY] =
        MOVE_WITH("letter.reply", LETTER_ANSWER, LETTER, LetterInput, letter_service_move, "回复函件", "Reply"),
    [USE_LETTER_RETURN] =
        MOVE_WITH("letter.return", LETTER_KEEP, LETTER, LetterInput, letter_service_move, "退回回复", "Return reply"),
    [USE_LETTER_CLOSE] =
        MOVE_WITH("letter.close", LETTER_KEEP, LETTER, LetterInput, letter_service_move, "办结函件", "Close letter"),
    [USE_LETTER_DROP] =
        MOVE_WITH("letter.drop", LETTER_KEEP, LETTER, LetterInput, letter_service_move, "不予印发", "Drop letter"),
    [USE_TALK_ENTER] = MAKE("talk.enter", SUPERVISE, TALK, talk_service_enter, "登记约谈", "Enter a talk"),
    [USE_TALK_EDIT] = CHANGE("talk.edit", SUPERVISE, TALK, talk_service_edit, "修改约谈", "Edit a talk"),
    [USE_TALK_VOID] = MOVE("talk.void", SUPERVISE, TALK, talk_service_void, "作废约谈", "Void a talk"),
    [USE_TALK_PARTY_ADD] =
        MAKE("talk_party.add", SUPERVISE, TALK_PARTY, talk_party_service_add, "登记被约谈单位", "Add a unit called"),
    [USE_TALK_PARTY_EDIT] = CHANGE(
        "talk_party.edit", SUPERVISE, TALK_PARTY, talk_party_service_edit, "修改被约谈单位", "Edit a unit called"),
    [USE_TALK_PARTY_REPLY] = MOVE_WITH("talk_party.reply", TALK_ANSWER, TALK_PARTY, TalkResult,
        talk_party_service_reply, "报告约谈落实情况", "Report on a commitment"),
    [USE_TALK_PARTY_RETURN] = MOVE(
        "talk_party.return", SUPERVISE, TALK_PARTY, talk_party_service_decide, "退回约谈落实情况", "Return the report"),
    [USE_TALK_PARTY_CLOSE] = MOVE(
        "talk_party.close", SUPERVISE, TALK_PARTY, talk_party_service_decide, "核实约谈落实情况", "Confirm the report"),
    [USE_TALK_PARTY_VOID] = MOVE(
        "talk_party.void", SUPERVISE, TALK_PARTY, talk_party_service_decide, "作废被约谈单位", "Void a unit called"),
    [USE_LEGACY_ENTER] = MAKE(
        "legacy_issue.enter", SUPERVISE, LEGACY_ISSUE, legacy_service_enter, "登记历史遗留问题", "Enter an old matter"),
    [USE_LEGACY_EDIT] = CHANGE(
        "legacy_issue.edit", SUPERVISE, LEGACY_ISSUE, legacy_service_edit, "修改历史遗留问题", "Edit an old matter"),
    [USE_LEGACY_CLOSE] = MOVE_WITH("legacy_issue.close", SUPERVISE, LEGACY_ISSUE, LegacyResult, legacy_service_resolve,
        "确认历史遗留问题已解决", "Resolve an old matter"),
    [USE_LEGACY_VOID] = MOVE(
        "legacy_issue.void", SUPERVISE, LEGACY_ISSUE, legacy_service_void, "作废历史遗留问题", "Void an old matter"),
    [USE_SUPERVISION_LOG_ENTER] = MAKE("supervision_log.enter", SUPERVISE, SUPERVISION_LOG,
        supervision_log_service_enter, "登记监督日志", "Enter into the log"),
    [USE_SUPERVISION_LOG_EDIT] = CHANGE("supervision_log.edit", SUPERVISE, SUPERVISION_LOG,
        supervision_log_service_edit, "修改监督日志", "Edit the log"),
    [USE_INSTRUCTION_ENTER] = MAKE(
        "instruction.enter", INSTRUCTION_KEEP, INSTRUCTION, instruction_service_enter, "登记批示", "Enter instruction"),
    [USE_INSTRUCTION_EDIT] = CHANGE(
        "instruction.edit", INSTRUCTION_KEEP, INSTRUCTION, instruction_service_edit, "修改批示", "Edit instruction"),
    [USE_INSTRUCTION_CLOSE] = MOVE_WITH("instruction.close", INSTRUCTION_KEEP, INSTRUCTION, InstructionClose,
        instruction_service_close, "批示办结", "Close instruction"),
    [USE_INSTRUCTION_TASK_ADD] = MAKE("instruction_task.add", INSTRUCTION_KEEP, INSTRUCTION_TASK,
        instruction_task_service_add, "分解任务", "Add task"),
    [USE_INSTRUCTION_TASK_EDIT] = CHANGE("instruction_task.edit", INSTRUCTION_KEEP, INSTRUCTION_TASK,
        instruction_task_service_edit, "修改任务", "Edit task"),

    [USE_FINDING_ENTER_PAST] = { .name = "finding.enter_past",
        .need = NEED_IMPORT_KEEP,
        .tx = TX_WRITE,
        .entity = ENTITY_FINDING,
        .flags = MAKES,
        .input = &PastFinding_table,
        .allowed = INPUT,
        .decide = past_service_enter,
        .label = { "补录问题", "Enter a past finding" } },
    [USE_LETTER_ENTER_PAST] = { .name = "letter.enter_past",
        .need = NEED_IMPORT_KEEP,
        .tx = TX_WRITE,
        .entity = ENTITY_LETTER,
        .flags = MAKES,
        .input = &PastLetter_table,
        .allowed = INPUT,
        .decide = past_service_enter_letter,
        .label = { "补录函件", "Enter a past letter" } },

    [USE_WORKBOOK_ISSUE] = MAKE("workbook.issue", IMPORT_KEEP, WORKBOOK, workbook_service_issue, "派发工作簿", "Issue"),
    [USE_WORKBOOK_VOID] =
        MOVE("workbook.void", IMPORT_KEEP, WORKBOOK, workbook_service_void, "作废工作簿", "Void workbook"),
    [USE_WORKBOOK_FILE] = READ(
        "workbook.file", IMPORT_KEEP, ENTITY_WORKBOOK, NOTED, workbook_service_file, "下载工作簿", "Download workbook"),
    [USE_WORKBOOK_PASSPHRASE] = READ("workbook.passphrase", IMPORT_KEEP, ENTITY_WORKBOOK, NOTED,
        workbook_service_passphrase, "查看工作簿口令", "Read passphrase"),
    [USE_WORKBOOK_ENTER_ROW] = MOVE_WITH("workbook.enter_row", IMPORT_KEEP, RECTIFICATION, WorkbookRow,
        workbook_service_enter_row, "录入交回的整改", "Enter what came back"),
    [USE_WORKBOOK_ENTER_SHARE] = MOVE_WITH("workbook.enter_share", IMPORT_KEEP, SHARE, ShareRow,
        workbook_service_enter_share, "录入交回的分工", "Enter a share that came back"),
    [USE_IMPORT_OPEN] = MAKE("import.open", IMPORT_KEEP, IMPORT, import_service_open, "登记导入", "Open an import"),
    [USE_IMPORT_CHECK] = IMPORT_MOVE("import.check", MoveInput, "核对导入文件", "Check an import"),
    [USE_IMPORT_RUN] = IMPORT_MOVE("import.run", ImportChoice, "执行导入", "Run an import"),
    [USE_IMPORT_UNDO] = IMPORT_MOVE("import.undo", MoveInput, "撤销导入", "Undo an import"),
    [USE_IMPORT_ROWS] = READ("import.rows", IMPORT_KEEP, ENTITY_IMPORT, 0, import_service_rows, "查看导入行", "Rows"),
    [USE_IMPORT_FAILURES] = READ("import.failures", IMPORT_KEEP, ENTITY_IMPORT, NOTED, import_service_failures,
        "下载未通过的行", "Rows refused"),
    [USE_IMPORT_TEMPLATE] =
        READ("import.template", IMPORT_KEEP, ENTITY_NONE, QUIET, import_service_template, "下载导入模板", "Template"),

    [USE_UPLOAD_BEGIN] = { .name = "upload.begin",
        .need = NEED_UPLOAD,
        .tx = TX_WRITE,
        .flags = MAKES,
        .input = &UploadInput_table,
        .allowed = INPUT,
        .write = upload_begin_write,
        .read = upload_show,
        .label = { "上传文件", "Upload" } },
    [USE_UPLOAD_SHOW] = READ("upload.show", UPLOAD, ENTITY_NONE, QUIET, upload_show, "查看上传", "Upload state"),
    [USE_ATTACHMENT_ADD] = { .name = "attachment.add",
        .need = NEED_UPLOAD,
        .tx = TX_WRITE,
        .entity = ENTITY_ATTACHMENT,
        .flags = MAKES | HEAVY,
        .allowed = INPUT,
        .prepare = attachment_add_prepare,
        .decide = attachment_add_decide,
        .write = attachment_add_write,
        .after = attachment_add_after,
        .label = { "添加附件", "Attach" } },
    [USE_ATTACHMENT_FILE] =
        READ("attachment.file", READ, ENTITY_ATTACHMENT, 0, attachment_file, "下载附件", "Download"),
    [USE_REGISTER_ENTER] = { .name = "register.enter",
        .need = NEED_REGISTER_KEEP,
        .tx = TX_WRITE,
        .flags = MAKES,
        .allowed = INPUT,
        .decide = register_service_enter,
        .label = { "登记", "Enter" } },
    [USE_REGISTER_EDIT] = { .name = "register.edit",
        .need = NEED_REGISTER_KEEP,
        .tx = TX_WRITE,
        .flags = VERSIONED,
        .allowed = EDIT,
        .decide = register_service_edit,
        .label = { "修改登记", "Edit entry" } },
};
