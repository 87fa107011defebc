#include "domain/entity.h"

#include "domain/account.h"
#include "domain/adjustment.h"
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
#include "domain/handover.h"
#include "domain/import.h"
#include "domain/instruction.h"
#include "domain/legacy.h"
#include "domain/objection.h"
#include "domain/paper.h"
#include "domain/recheck.h"
#include "domain/rectification.h"
#include "domain/register.h"
#include "domain/round.h"
#include "domain/ruleset.h"
#include "domain/seal_image.h"
#include "domain/share.h"
#include "domain/stat_form.h"
#include "domain/supervision_log.h"
#include "domain/talk.h"
#include "domain/unit.h"
#include "domain/workbook.h"

CHOICES_DEFINE(provenances, PROVENANCES);
FIELDS_DEFINE(Record, "records", RECORD_FIELDS_OF_RECORD);

#define NO (-1)
#define NO_WAY              \
    {                       \
        ENTITY_NONE, NO, NO \
    }
#define SCOPE(inspection, unit, organiser, round)          \
    {                                                      \
        inspection, unit, organiser, round, NO, NO, NO_WAY \
    }
#define SCOPE_OF_TWO(inspection, unit, organiser, round, other) \
    {                                                           \
        inspection, unit, organiser, round, other, NO, NO_WAY   \
    }
/* Reached by who made it, `account`, and through what names its units. */
#define SCOPE_THROUGH(inspection, unit, organiser, round, account, KIND, own, theirs) \
    {                                                                                 \
        inspection, unit, organiser, round, NO, account,                              \
        {                                                                             \
            ENTITY_##KIND, own, theirs                                                \
        }                                                                             \
    }

/* kind, field table, table, labels, scope (inspection, unit, organiser, round), title, state, sort, down, register, and
 * through what else rights to units reach it */
static const Entity entities[ENTITY_COUNT] = {
    [ENTITY_ORGANISER] = { ENTITY_ORGANISER, &Organiser_table, "organiser", { "主办机构", "Organiser" },
        SCOPE(NO, NO, Organiser_id, NO), Organiser_name, NO, Organiser_name, false, false },
    [ENTITY_SETTING] = { ENTITY_SETTING, &Setting_table, "setting", { "设置", "Setting" }, SCOPE(NO, NO, NO, NO),
        Setting_name, NO, Setting_name, false, false },
    [ENTITY_PERSON] = { ENTITY_PERSON, &Person_table, "person", { "人员", "Person" }, SCOPE(NO, NO, NO, NO),
        Person_name, NO, Person_name_key, false, false },
    [ENTITY_ACCOUNT] = { ENTITY_ACCOUNT, &Account_table, "account", { "账号", "Account" }, SCOPE(NO, NO, NO, NO),
        Account_login, NO, Account_login, false, false },
    [ENTITY_ASSIGNMENT] = { ENTITY_ASSIGNMENT, &Assignment_table, "assignment", { "授权分配", "Assignment" },
        SCOPE(NO, NO, NO, NO), Assignment_basis, NO, Assignment_id, true, false },
    [ENTITY_UNIT] = { ENTITY_UNIT, &Unit_table, "unit", { "单位", "Unit" }, SCOPE(NO, Unit_id, Unit_organiser, NO),
        Unit_name, NO, Unit_code, false, false },
    [ENTITY_UNIT_FACT] = { ENTITY_UNIT_FACT, &UnitFact_table, "unit_fact", { "单位沿革", "Unit history" },
        SCOPE(NO, UnitFact_unit, NO, NO), UnitFact_value, NO, UnitFact_id, true, false },
    [ENTITY_RULE_SET] = { ENTITY_RULE_SET, &RuleSetRecord_table, "rule_set", { "规则版本", "Rule set" },
        SCOPE(NO, NO, NO, NO), RuleSetRecord_title, NO, RuleSetRecord_id, true, false },
    [ENTITY_ROUND] = { ENTITY_ROUND, &Round_table, "round", { "轮次", "Round" },
        SCOPE(NO, NO, Round_organiser, Round_id), Round_name, NO, Round_id, true, false },
    [ENTITY_TEAM] = { ENTITY_TEAM, &Team_table, "team", { "巡察组", "Team" }, SCOPE(NO, NO, Team_organiser, Team_round),
        Team_name, NO, Team_id, false, false },
    [ENTITY_MEMBER] = { ENTITY_MEMBER, &Member_table, "member", { "巡察组成员", "Team member" },
        SCOPE(NO, NO, Member_organiser, Member_round), Member_person_name, NO, Member_id, false, false },
    [ENTITY_INSPECTION] = { ENTITY_INSPECTION, &Inspection_table, "inspection", { "巡察对象", "Inspection" },
        SCOPE(Inspection_id, Inspection_unit, Inspection_organiser, NO), Inspection_unit_name, Inspection_state,
        Inspection_id, true, false },
    [ENTITY_PROJECT] = { ENTITY_PROJECT, &Project_table, "project", { "项目", "Project" },
        SCOPE_THROUGH(
            NO, Project_unit, Project_organiser, Project_round, NO, PROJECT_UNIT, Project_id, ProjectUnit_project),
        Project_name, NO, Project_id, false, false },
    [ENTITY_PROJECT_UNIT] = { ENTITY_PROJECT_UNIT, &ProjectUnit_table, "project_unit",
        { "项目参与单位", "Project unit" }, SCOPE(NO, ProjectUnit_unit, ProjectUnit_organiser, ProjectUnit_round),
        ProjectUnit_unit_name, NO, ProjectUnit_id, false, false },
    [ENTITY_FOCUS] = { ENTITY_FOCUS, &Focus_table, "focus", { "重点内容", "Focus" },
        SCOPE(NO, NO, Focus_organiser, Focus_round), Focus_text, NO, Focus_id, false, false },
    [ENTITY_AUTHORISATION] = { ENTITY_AUTHORISATION, &Authorisation_table, "authorisation",
        { "授权决定", "Authorisation" }, SCOPE(NO, NO, Authorisation_organiser, Authorisation_round),
        Authorisation_number, Authorisation_state, Authorisation_id, true, false },
    [ENTITY_PAPER] = { ENTITY_PAPER, &Paper_table, "paper", { "底稿", "Working paper" },
        SCOPE(Paper_inspection, NO, Paper_organiser, NO), Paper_title, Paper_state, Paper_id, true, false },
    [ENTITY_PAPER_REVISION] = { ENTITY_PAPER_REVISION, &PaperRevision_table, "paper_revision",
        { "底稿历次定稿", "Locked revision" }, SCOPE(PaperRevision_inspection, NO, PaperRevision_organiser, NO),
        PaperRevision_reason, NO, PaperRevision_id, true, false },
    [ENTITY_SIGNATURE] = { ENTITY_SIGNATURE, &Signature_table, "signature", { "签署", "Signature" },
        SCOPE(Signature_inspection, Signature_unit, Signature_organiser, NO), Signature_step_label, NO, Signature_id,
        false, false },
    [ENTITY_FEEDBACK] = { ENTITY_FEEDBACK, &Feedback_table, "feedback", { "反馈意见", "Feedback" },
        SCOPE(Feedback_inspection, Feedback_unit, Feedback_organiser, NO), Feedback_number, Feedback_state, Feedback_id,
        true, false },
    [ENTITY_FINDING] = { ENTITY_FINDING, &Finding_table, "finding", { "问题", "Finding" },
        SCOPE(Finding_inspection, Finding_unit, Finding_organiser, NO), Finding_title, Finding_state, Finding_id, true,
        false },
    [ENTITY_FINDING_PAPER] = { ENTITY_FINDING_PAPER, &FindingPaper_table, "finding_paper",
        { "问题与底稿", "Finding and paper" }, SCOPE(FindingPaper_inspection, NO, FindingPaper_organiser, NO),
        FindingPaper_id, NO, FindingPaper_id, true, false },
    [ENTITY_RECTIFICATION] = { ENTITY_RECTIFICATION, &Rectification_table, "rectification",
        { "整改事项", "Rectification item" },
        SCOPE(Rectification_inspection, Rectification_unit, Rectification_organiser, NO), Rectification_title,
        Rectification_state, Rectification_id, true, false },
    [ENTITY_ADJUSTMENT] = { ENTITY_ADJUSTMENT, &Adjustment_table, "adjustment", { "整改调整", "Adjustment" },
        SCOPE(Adjustment_inspection, Adjustment_unit, Adjustment_organiser, NO), Adjustment_title, Adjustment_state,
        Adjustment_id, true, false },
    [ENTITY_FACT_CHECK] = { ENTITY_FACT_CHECK, &FactCheck_table, "fact_check", { "事实核对", "Check of facts" },
        SCOPE(FactCheck_inspection, FactCheck_unit, FactCheck_organiser, NO), FactCheck_facts, FactCheck_state,
        FactCheck_id, true, false },
    [ENTITY_OBJECTION] = { ENTITY_OBJECTION, &Objection_table, "objection", { "异议", "Objection" },
        SCOPE(Objection_inspection, Objection_unit, Objection_organiser, NO), Objection_title, Objection_state,
        Objection_id, true, false },
    [ENTITY_EFFECT] = { ENTITY_EFFECT, &Effect_table, "effect", { "整改成效", "Effect" },
        SCOPE(Effect_inspection, Effect_unit, Effect_organiser, NO), Effect_text, Effect_state, Effect_id, true,
        false },
    [ENTITY_FILING] = { ENTITY_FILING, &Filing_table, "filing", { "整改材料", "Filing" },
        SCOPE(Filing_inspection, Filing_unit, Filing_organiser, NO), Filing_title, Filing_state, Filing_id, true,
        false },
    [ENTITY_FILING_REVIEW] = { ENTITY_FILING_REVIEW, &FilingReview_table, "filing_review",
        { "会审意见", "Review of a filing" },
        SCOPE(FilingReview_inspection, FilingReview_unit, FilingReview_organiser, NO), FilingReview_title,
        FilingReview_state, FilingReview_id, true, false },
    [ENTITY_WITHHOLDING] = { ENTITY_WITHHOLDING, &Withholding_table, "withholding", { "不公开事项", "Withheld item" },
        SCOPE(Withholding_inspection, Withholding_unit, Withholding_organiser, NO), Withholding_title,
        Withholding_state, Withholding_id, true, false },
    [ENTITY_ADOPTION] = { ENTITY_ADOPTION, &Adoption_table, "adoption", { "规则变更决定", "Adoption of rules" },
        SCOPE(NO, NO, Adoption_organiser, Adoption_round), Adoption_number, NO, Adoption_id, true, false },
    [ENTITY_EVALUATION] = { ENTITY_EVALUATION, &Evaluation_table, "evaluation", { "整改评估", "Evaluation" },
        SCOPE(Evaluation_inspection, Evaluation_unit, Evaluation_organiser, NO), Evaluation_unit_name, Evaluation_state,
        Evaluation_id, true, false },
    [ENTITY_EVALUATION_PART] = { ENTITY_EVALUATION_PART, &EvaluationPart_table, "evaluation_part",
        { "评估内容", "Part of an evaluation" },
        SCOPE(EvaluationPart_inspection, EvaluationPart_unit, EvaluationPart_organiser, NO), EvaluationPart_label, NO,
        EvaluationPart_number, false, false },
    [ENTITY_EVALUATION_SHEET] = { ENTITY_EVALUATION_SHEET, &EvaluationSheet_table, "evaluation_sheet",
        { "评分表", "Rater's sheet" },
        SCOPE_THROUGH(EvaluationSheet_inspection, NO, EvaluationSheet_organiser, NO, NO, EVALUATION,
            EvaluationSheet_evaluation, Evaluation_id),
        EvaluationSheet_part_label, EvaluationSheet_state, EvaluationSheet_id, false, false },
    [ENTITY_EVALUATION_BALLOT] = { ENTITY_EVALUATION_BALLOT, &EvaluationBallot_table, "evaluation_ballot",
        { "满意度测评票数", "Ballots" },
        SCOPE_THROUGH(EvaluationBallot_inspection, NO, EvaluationBallot_organiser, NO, NO, EVALUATION,
            EvaluationBallot_evaluation, Evaluation_id),
        EvaluationBallot_name, EvaluationBallot_state, EvaluationBallot_id, false, false },
    [ENTITY_RECHECK] = { ENTITY_RECHECK, &Recheck_table, "recheck", { "整改抽查", "Recheck" },
        SCOPE_THROUGH(NO, NO, Recheck_organiser, NO, NO, RECHECK_ITEM, Recheck_id, RecheckItem_recheck), Recheck_title,
        Recheck_state, Recheck_id, true, false },
    [ENTITY_RECHECK_ITEM] = { ENTITY_RECHECK_ITEM, &RecheckItem_table, "recheck_item", { "抽查事项", "Rechecked item" },
        SCOPE(RecheckItem_inspection, RecheckItem_unit, RecheckItem_organiser, NO), RecheckItem_title, NO,
        RecheckItem_id, false, false },
    [ENTITY_SHARE] = { ENTITY_SHARE, &Share_table, "share", { "任务分工", "Share" },
        SCOPE_OF_TWO(Share_inspection, Share_unit, Share_organiser, NO, Share_answers), Share_title, NO, Share_id,
        false, false },
    [ENTITY_LETTER] = { ENTITY_LETTER, &Letter_table, "letter", { "函件", "Letter" },
        SCOPE(NO, Letter_unit, Letter_organiser, NO), Letter_subject, Letter_state, Letter_id, true, false },
    [ENTITY_LETTER_ITEM] = { ENTITY_LETTER_ITEM, &LetterItem_table, "letter_item", { "函件所涉事项", "Letter's item" },
        SCOPE(NO, LetterItem_unit, LetterItem_organiser, NO), LetterItem_title, NO, LetterItem_id, false, false },
    [ENTITY_TALK] = { ENTITY_TALK, &Talk_table, "talk", { "约谈", "Accountability talk" },
        SCOPE_THROUGH(NO, NO, Talk_organiser, NO, Talk_account, TALK_PARTY, Talk_id, TalkParty_talk), Talk_number,
        Talk_state, Talk_held_on, true, false },
    [ENTITY_TALK_PARTY] = { ENTITY_TALK_PARTY, &TalkParty_table, "talk_party", { "被约谈单位", "Unit called" },
        SCOPE(NO, TalkParty_unit, TalkParty_organiser, NO), TalkParty_unit_name, TalkParty_state, TalkParty_held_on,
        true, false },
    [ENTITY_LEGACY_ISSUE] = { ENTITY_LEGACY_ISSUE, &LegacyIssue_table, "legacy_issue",
        { "历史遗留问题", "Old unresolved matter" }, SCOPE(NO, LegacyIssue_unit, LegacyIssue_organiser, NO),
        LegacyIssue_title, LegacyIssue_state, LegacyIssue_id, true, false },
    [ENTITY_SUPERVISION_LOG] = { ENTITY_SUPERVISION_LOG, &SupervisionLog_table, "supervision_log",
        { "监督日志", "Supervision log" }, SCOPE(NO, SupervisionLog_unit, SupervisionLog_organiser, NO),
        SupervisionLog_unit_name, NO, SupervisionLog_done_on, true, false },
    [ENTITY_INSTRUCTION] = { ENTITY_INSTRUCTION, &Instruction_table, "instruction", { "批示", "Instruction" },
        SCOPE(NO, NO, Instruction_organiser, NO), Instruction_text, Instruction_state, Instruction_issued_on, true,
        false },
    [ENTITY_INSTRUCTION_TASK] = { ENTITY_INSTRUCTION_TASK, &InstructionTask_table, "instruction_task",
        { "批示任务", "Instruction's task" }, SCOPE(NO, NO, InstructionTask_organiser, NO), InstructionTask_content, NO,
        InstructionTask_id, false, false },
    [ENTITY_STATEMENT] = { ENTITY_STATEMENT, &Statement_table, "statement", { "进展与说明", "Statement" },
        SCOPE(Statement_inspection, Statement_unit, Statement_organiser, NO), Statement_text, NO, Statement_id, true,
        false },
    [ENTITY_EVIDENCE] = { ENTITY_EVIDENCE, &Evidence_table, "evidence", { "文件", "File" },
        SCOPE(Evidence_inspection, NO, Evidence_organiser, NO), Evidence_digest, NO, Evidence_id, true, false },
    [ENTITY_ATTACHMENT] = { ENTITY_ATTACHMENT, &Attachment_table, "attachment", { "附件", "Attachment" },
        SCOPE_THROUGH(Attachment_inspection, Attachment_unit, Attachment_organiser, NO, NO, TALK_PARTY,
            Attachment_record, TalkParty_talk),
        Attachment_name, NO, Attachment_id, false, false },
    [ENTITY_WORKBOOK] = { ENTITY_WORKBOOK, &Workbook_table, "workbook", { "整改工作簿", "Workbook" },
        SCOPE(Workbook_inspection, Workbook_unit, Workbook_organiser, NO), Workbook_round_name, Workbook_state,
        Workbook_id, true, false },
    [ENTITY_IMPORT] = { ENTITY_IMPORT, &Import_table, "import_batch", { "导入", "Import" },
        SCOPE(NO, NO, Import_organiser, NO), Import_file_name, Import_state, Import_id, true, false },
    [ENTITY_HANDOVER] = { ENTITY_HANDOVER, &Handover_table, "handover", { "转办", "Handover" },
        SCOPE(Handover_inspection, Handover_unit, Handover_organiser, NO), Handover_title, NO, Handover_id, true,
        false },
    [ENTITY_FIGURE_SET] = { ENTITY_FIGURE_SET, &FigureSet_table, "figure_set", { "冻结指标", "Frozen figures" },
        SCOPE(NO, NO, FigureSet_organiser, NO), FigureSet_title, FigureSet_state, FigureSet_id, true, false },
    [ENTITY_FROZEN_FIGURE] = { ENTITY_FROZEN_FIGURE, &FrozenFigure_table, "frozen_figure",
        { "冻结的指标", "Frozen figure" }, SCOPE(NO, NO, FrozenFigure_organiser, NO), FrozenFigure_name, NO,
        FrozenFigure_number, false, false },
    [ENTITY_FROZEN_LIST] = { ENTITY_FROZEN_LIST, &FrozenList_table, "frozen_list", { "冻结的记录", "Frozen records" },
        SCOPE(NO, NO, FrozenList_organiser, NO), FrozenList_digest, NO, FrozenList_id, false, false },
    [ENTITY_STAT_FORM] = { ENTITY_STAT_FORM, &StatForm_table, "stat_form", { "统计报表", "Statistics form" },
        SCOPE(NO, NO, StatForm_organiser, NO), StatForm_title, NO, StatForm_code, false, false },
    [ENTITY_DOCUMENT] = { ENTITY_DOCUMENT, &Document_table, "document", { "公文", "Official paper" },
        SCOPE(Document_inspection, Document_unit, Document_organiser, NO), Document_title, Document_state, Document_id,
        true, false },
    [ENTITY_DOCUMENT_FILE] = { ENTITY_DOCUMENT_FILE, &DocumentFile_table, "document_file",
        { "公文文件", "File of a paper" }, SCOPE(NO, NO, DocumentFile_organiser, NO), DocumentFile_id, NO,
        DocumentFile_id, true, false },
    [ENTITY_DOCUMENT_TEMPLATE] = { ENTITY_DOCUMENT_TEMPLATE, &DocumentTemplate_table, "document_template",
        { "文书模板", "Template" }, SCOPE(NO, NO, DocumentTemplate_organiser, NO), DocumentTemplate_title,
        DocumentTemplate_state, DocumentTemplate_id, true, false },
    [ENTITY_SEAL_IMAGE] = { ENTITY_SEAL_IMAGE, &SealImage_table, "seal_image", { "印章签名", "Seal or signature" },
        SCOPE(NO, NO, SealImage_organiser, NO), SealImage_name, SealImage_state, SealImage_id, true, false },
    [ENTITY_DOSSIER_ITEM] = { ENTITY_DOSSIER_ITEM, &DossierItem_table, "dossier_item", { "案卷文件", "Item of a file" },
        SCOPE(DossierItem_inspection, NO, DossierItem_organiser, NO), DossierItem_title, NO, DossierItem_number, false,
        false },
    [ENTITY_DOSSIER_LOAN] = { ENTITY_DOSSIER_LOAN, &DossierLoan_table, "dossier_loan", { "案卷借阅", "Loan" },
        SCOPE(DossierLoan_inspection, NO, DossierLoan_organiser, NO), DossierLoan_title, DossierLoan_state,
        DossierLoan_id, true, false },
#define X(KIND, Struct, table, zh, en, title, date)                                                                \
    [ENTITY_##KIND] = { ENTITY_##KIND, &Struct##_table, #table, { zh, en }, SCOPE(NO, NO, Struct##_organiser, NO), \
        Struct##_##title, NO, Struct##_##date, true, true },
    REGISTER_LIST(X)
#undef X
};

const Entity *entity_of(EntityKind kind)
{
    return &entities[kind];
}

const Entity *entity_named(Str plural)
{
    for (int i = 1; i < ENTITY_COUNT; i++)
        if (str_eq(str_of(entities[i].table->name), plural))
            return &entities[i];
    return NULL;
}

Str record_ref(const Entity *e, const void *record, int field)
{
    return field < 0 ? STR_NONE : *(const Str *)field_of(&e->table->fields[field], record);
}

Str record_title(const Entity *e, const void *record)
{
    const Field *f = &e->table->fields[e->title];
    return f->type == FT_TEXT || f->type == FT_LONG || f->type == FT_REF ? record_ref(e, record, e->title) : STR_NONE;
}

int entity_part_of(const Entity *e)
{
    for (int i = 0; i < e->table->count; i++)
        if (e->table->fields[i].flags & PART_OF)
            return i;
    return -1;
}

bool entity_is_found(const Entity *e)
{
    return entity_part_of(e) < 0 && record_fields_with(e->table, INDEXED) != 0;
}

Date record_day(const Entity *e, const void *record)
{
    const Field *f = &e->table->fields[e->sort];
    Date own = f->type == FT_DATE ? *(const Date *)field_of(f, record) : DATE_NONE;
    return own ? own : RECORD_OF(Date, record, effective_on);
}
