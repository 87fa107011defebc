// What each move asks for: an opinion or a reason, the day, ink or click.
import { FORMS, type EntityName, type FieldInfo } from './api/types';

const negative = new Set(['return', 'drop', 'withdraw', 'revoke', 'revise', 'merge', 'refuse', 'reopen', 'ask_revoke', 'keep', 'void', 'retire', 'reject']);
export const isNegative = (action: string): boolean => negative.has(action);
// A finding is revoked with an opinion: the reason stands in what was asked.
const byOpinion = (entity: EntityName, action: string): boolean => entity === 'findings' && action === 'revoke';

const letterForms: Record<string, string[]> = {
    issue: ['number', 'effective_on'],
    drop: ['reason', 'effective_on'],
    receive: ['received_by', 'effective_on'],
    reply: ['reply', 'effective_on', 'on_behalf_of'],
    return: ['reason', 'effective_on'],
    close: ['opinion', 'effective_on'],
};

// Papers and templates are moved without an opinion.
const officeForms: Record<string, string[]> = {
    issue: ['effective_on', 'means', 'paper_no', 'on_behalf_of'],
    void: ['reason', 'on_behalf_of'],
    enforce: ['effective_on'],
    retire: ['effective_on'],
};

const these = (fields: FieldInfo[], names: string[], needed: string[]): FieldInfo[] =>
    fields.filter((f) => names.includes(f.name)).map((f) => (needed.includes(f.name) ? { ...f, required: true } : f));

// Approvals that may be signed on paper.
const approvals: Partial<Record<EntityName, string[]>> = { adjustments: ['grant', 'refuse'], withholdings: ['grant', 'refuse'], findings: ['revoke', 'keep'], authorisations: ['enforce', 'revoke'], dossier_loans: ['grant', 'refuse'] };

// Where a form asks for ink or click, the person it is entered for is who signed the paper.
export function moveForm(entity: EntityName, action: string): FieldInfo[] {
    const fields = formOf(entity, action);
    const inked = fields.some((f) => f.name === 'means');
    return fields.map((f) => (inked && f.name === 'on_behalf_of' ? { ...f, zh: '签署人（纸质签署时填写）', en: 'Who signed the paper' } : f));
}

// Facts checked with the unit, objections: forms of their own.
const inked = ['effective_on', 'means', 'paper_no', 'on_behalf_of'];
const decided = ['opinion', ...inked];
// The collator passes what was filed, or returns it: to the unit, or to a body that looks again.
function collated(action: string): FieldInfo[] {
    const back = action === 'return';
    const names = back ? ['to', 'reason', 'missing', 'all_again', ...inked] : ['opinion', ...inked];
    return these(FORMS.filing_collate.fields, names, ['reason']);
}
function ownForm(entity: EntityName, action: string): FieldInfo[] | null {
    if (entity === 'rectifications' && action === 'return') return these(FORMS.rectification_return.fields, ['to', 'reason', 'missing', ...inked], ['reason']);
    if (entity === 'fact_checks' && action === 'reply') return FORMS.fact_answer.fields;
    if (entity === 'fact_checks' && action === 'close') return FORMS.fact_settle.fields;
    if (entity === 'filing_reviews') return FORMS.filing_opinion.fields;
    if (entity === 'filings' && action !== 'submit') return collated(action);
    if (entity === 'instructions' && action === 'close') return FORMS.instruction_close.fields;
    if (entity === 'legacy_issues' && action === 'close') return FORMS.legacy_result.fields;
    if (entity === 'effects') return these(FORMS.move.fields, action === 'confirm' ? ['opinion', 'effective_on', 'on_behalf_of'] : ['reason', 'effective_on'], ['reason']);
    if (entity === 'talk_parties' && action === 'reply') return FORMS.talk_result.fields;
    if (entity !== 'objections' || action === 'withdraw') return null;
    return these(FORMS.objection_decision.fields, action === 'amend' ? ['title', 'text', ...decided] : decided, ['opinion']);
}

function formOf(entity: EntityName, action: string): FieldInfo[] {
    const own = ownForm(entity, action);
    if (own) return own;
    if (entity === 'letters')
        return these(FORMS.letter.fields, letterForms[action] ?? [], ['received_by', 'reply', 'reason']).map((f) => (f.name === 'number' ? { ...f, zh: '文号（不填则用拟稿所定；系统起草的按序编号）', en: 'Number (empty: that of the draft; the next one where it was drafted by rule)' } : f));
    if (entity === 'documents' || entity === 'templates')
        return these(FORMS.move.fields, officeForms[action] ?? [], ['reason']).map((f) => (action === 'issue' && f.name === 'effective_on' ? { ...f, zh: '印发日期', en: 'Issued on' } : f));
    if (action === 'receive') return FORMS.receipt.fields;
    if (action === 'reopen') return these(FORMS.reopen.fields, FORMS.reopen.fields.map((f) => f.name), ['reason']);
    const onPaper = approvals[entity]?.includes(action) ? ['means', 'paper_no', 'on_behalf_of'] : [];
    if (isNegative(action) && !byOpinion(entity, action)) return these(FORMS.move.fields, ['reason', 'effective_on', ...onPaper], ['reason']);
    return these(FORMS.move.fields, ['opinion', 'effective_on', 'means', 'paper_no', 'on_behalf_of'], []);
}
