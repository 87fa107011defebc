/* Every use case by subject: what operation.c puts in its table. Each has a file <subject>_service.c. */
#ifndef SERVICE_SERVICES_H
#define SERVICE_SERVICES_H

#include "service/operation.h"

#define READS(name)    Status name(Ctx *c, UseCase *u) MUST_CHECK
#define DECIDES(name)  Status name(Ctx *c, UseCase *u, Changes *out) MUST_CHECK
#define PREPARES(name) Status name(Ctx *c, UseCase *u) MUST_CHECK
#define WRITES(name)   Status name(Ctx *c, UseCase *u, Writer *w) MUST_CHECK

DECIDES(document_service_draft);
DECIDES(document_service_edit);
DECIDES(document_service_decide);
READS(document_service_file);
READS(document_service_print);
READS(document_service_outgoing);
READS(document_service_kinds);
READS(document_service_verify);
READS(document_finish);
READS(document_service_returned);
DECIDES(template_service_add);
DECIDES(template_service_decide);
READS(template_service_file);
DECIDES(seal_service_add);
DECIDES(seal_service_decide);
READS(seal_service_file);

DECIDES(dossier_service_catalogue);
DECIDES(dossier_service_edit);
DECIDES(dossier_service_ask);
DECIDES(dossier_service_decide);
READS(dossier_service_check);
READS(dossier_service_export);
READS(dossier_export_finish);
DECIDES(setting_service_add);
DECIDES(setting_service_edit);

READS(record_service_list);
READS(record_service_count);
READS(export_service_list);
READS(record_service_show);
READS(record_service_history);

PREPARES(session_login_prepare);
WRITES(session_login_write);
WRITES(session_logout_write);
READS(session_show);
WRITES(session_role_write);
PREPARES(session_password_prepare);
DECIDES(session_password_decide);
WRITES(session_password_write);
WRITES(session_token_write);

DECIDES(organiser_add);
DECIDES(person_add);
DECIDES(person_edit);
PREPARES(account_add_prepare);
DECIDES(account_add);
DECIDES(account_edit);
PREPARES(account_reset_prepare);
DECIDES(account_reset);
DECIDES(right_grant);
READS(right_offices);
/* The supervision offices and resident groups that units name today, with the number of units of each. */
Status offices_write(Ctx *c, JsonWriter *w) MUST_CHECK;
DECIDES(right_end);
DECIDES(rules_publish);
READS(rules_show);

DECIDES(unit_service_register);
DECIDES(unit_service_edit);
DECIDES(unit_service_change);
DECIDES(unit_service_take_back);
DECIDES(unit_service_merge);
DECIDES(unit_service_abolish);
READS(unit_service_impact);

DECIDES(past_service_enter);
DECIDES(past_service_enter_letter);

DECIDES(workbook_service_issue);
DECIDES(workbook_service_void);
DECIDES(workbook_service_enter_row);
DECIDES(workbook_service_enter_share);
READS(workbook_service_file);
READS(workbook_service_passphrase);
DECIDES(import_service_open);
DECIDES(import_service_decide);
void import_service_after(Ctx *c, UseCase *u);
READS(digest_service_show);
READS(task_service_done);
DECIDES(task_service_pass);
READS(import_service_rows);
READS(import_service_failures);
READS(import_service_template);

DECIDES(round_service_open);
DECIDES(round_service_edit);
DECIDES(adoption_service_adopt);
READS(adoption_service_preview);
DECIDES(team_service_form);
DECIDES(member_service_add);
DECIDES(inspection_service_plan);
DECIDES(inspection_service_move);
DECIDES(authorisation_service_draft);
DECIDES(authorisation_service_edit);
DECIDES(authorisation_service_enforce);
DECIDES(authorisation_service_revoke);

DECIDES(paper_service_write);
DECIDES(paper_service_edit);
DECIDES(paper_service_move);

DECIDES(finding_service_draw);
DECIDES(finding_service_edit);
DECIDES(finding_service_withdraw);
DECIDES(finding_service_revoke);
DECIDES(feedback_service_draft);
DECIDES(feedback_service_edit);
DECIDES(feedback_service_deliver);
DECIDES(feedback_service_receive);

DECIDES(rectification_service_edit);
DECIDES(rectification_service_move);
DECIDES(rectification_service_return);
DECIDES(rectification_service_reopen);
DECIDES(statement_service_add);
DECIDES(recheck_service_draw);
DECIDES(recheck_service_decide);
DECIDES(recheck_service_record);
READS(recheck_service_estimate);
DECIDES(fact_check_service_send);
DECIDES(fact_check_service_reply);
DECIDES(fact_check_service_close);
DECIDES(fact_check_service_void);
DECIDES(objection_service_file);
DECIDES(objection_service_decide);
DECIDES(objection_service_withdraw);
DECIDES(evaluation_service_open);
DECIDES(evaluation_service_count);
DECIDES(evaluation_service_close);
DECIDES(evaluation_service_settle);
DECIDES(evaluation_service_void);
READS(evaluation_service_scheme);
READS(evaluation_service_schemes);
DECIDES(evaluation_service_add);
DECIDES(evaluation_service_score);
DECIDES(evaluation_service_leave_out);
DECIDES(effect_service_state);
DECIDES(effect_service_edit);
DECIDES(effect_service_decide);
DECIDES(adjustment_service_ask);
DECIDES(adjustment_service_decide);
DECIDES(share_service_give);
DECIDES(share_service_edit);

DECIDES(project_service_enter);
DECIDES(project_service_edit);
DECIDES(project_unit_service_add);
DECIDES(focus_service_add);
DECIDES(focus_service_edit);

DECIDES(filing_service_open);
DECIDES(filing_service_edit);
DECIDES(filing_service_submit);
DECIDES(filing_service_collate);
DECIDES(filing_service_give);
DECIDES(withholding_service_ask);
DECIDES(withholding_service_decide);

DECIDES(letter_service_draft);
DECIDES(letter_service_edit);
DECIDES(letter_service_move);
DECIDES(talk_service_enter);
DECIDES(talk_service_edit);
DECIDES(talk_service_void);
DECIDES(talk_party_service_add);
DECIDES(talk_party_service_edit);
DECIDES(talk_party_service_reply);
DECIDES(talk_party_service_decide);
DECIDES(legacy_service_enter);
DECIDES(legacy_service_edit);
DECIDES(legacy_service_resolve);
DECIDES(legacy_service_void);
DECIDES(supervision_log_service_enter);
DECIDES(supervision_log_service_edit);
DECIDES(instruction_service_enter);
DECIDES(instruction_service_edit);
DECIDES(instruction_service_close);
DECIDES(instruction_task_service_add);
DECIDES(instruction_task_service_edit);

WRITES(upload_begin_write);
READS(upload_show);
PREPARES(attachment_add_prepare);
DECIDES(attachment_add_decide);
WRITES(attachment_add_write);
void attachment_add_after(Ctx *c, UseCase *u);
READS(attachment_file);

DECIDES(register_service_enter);
DECIDES(register_service_edit);

READS(task_service_list);
READS(search_service_find);
READS(check_service_run);
READS(figure_service_list);
READS(figure_service_show);
READS(figure_service_breakdown);
DECIDES(frozen_service_freeze);
DECIDES(frozen_service_decide);
READS(frozen_service_compare);
READS(frozen_service_reconcile);
READS(dashboard_service_show);
READS(report_service_show);
DECIDES(form_service_keep);
DECIDES(form_service_edit);
READS(form_service_list);
READS(form_service_show);
READS(form_service_export);
READS(audit_service_list);
READS(workflow_service_show);

#endif
