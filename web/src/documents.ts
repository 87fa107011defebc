// Official papers: the kinds there are, and what a draft takes over from its record.
import { call, state, type Body, type Extras } from './api/client';
import { ENTITIES, type EntityName } from './api/types';

export interface Slot {
    name: string;
    type: 'text' | 'date' | 'int' | 'money' | 'flag' | 'image' | 'list';
    rows?: Slot[];
}
export interface Kind {
    kind: string;
    label: string;
    subject: EntityName | null;
    numbered: boolean;
    series: string | null;
    names?: Slot[];
}
export interface Kinds {
    pdf: boolean;
    why_no_pdf: string | null;
    kinds: Kind[];
}

// Records with papers of their own; which papers, the server says.
const SUBJECTS: EntityName[] = ['authorisations', 'inspections', 'papers', 'feedbacks', 'letters', 'instructions', 'rectifications', 'fact_checks', 'objections', 'filings', 'evaluations', 'talks', 'legacy_issues'];
export const isSubject = (entity: EntityName): boolean => SUBJECTS.includes(entity);

const known = new Map<string, Promise<Kinds>>();
export function documentKinds(): Promise<Kinds> {
    const before = known.get(state.lang);
    if (before) return before;
    const asked = call<Kinds>('GET', 'document_kinds');
    known.set(state.lang, asked);
    asked.catch(() => known.delete(state.lang));
    return asked;
}

type Fields = Record<string, unknown> & Extras;
interface Habit {
    title: (r: Fields) => string;
    date?: string; // the record's field with the day that the paper bears
    toUnit?: boolean;
    fits?: (r: Fields) => boolean; // not every record of the subject is made into it
    numbered?: boolean; // the record may have a number of its own, and the paper takes it
}
const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const behind = (number: unknown): string => (text(number) ? `（${text(number)}）` : '');
function letterTitle(r: Fields): string {
    const kind = ENTITIES.letters.fields.find((f) => f.name === 'kind')?.choices.find((c) => c.name === r.kind);
    return /^关于.+函$/.test(text(r.subject)) ? text(r.subject) : (kind?.zh ?? '函');
}
const listOfPlan = (name: string): Habit => ({ title: (r) => `${text(r.unit_name)}巡察整改${name}`, date: 'submitted_on', fits: (r) => r.kind === 'plan' });
// Titles are the paper's own words, in Chinese whatever the language of the page.
const HABITS: Record<string, Habit> = {
    authorisation: { title: (r) => `关于${r.names?.round ?? '巡察组'}组长授权任职及任务分工的决定`, date: 'decided_on', numbered: true },
    notice: { title: (r) => `关于对${text(r.unit_name)}开展巡察的通知`, date: 'notice_on', toUnit: true },
    announcement: { title: (r) => `${text(r.team_name)}巡察公告`, date: 'enters_on', toUnit: true },
    paper: { title: (r) => `巡察问题底稿${behind(r.number)}`, numbered: true },
    feedback: { title: (r) => `关于对${text(r.unit_name)}巡察的反馈意见`, date: 'delivered_on', toUnit: true, numbered: true },
    problem_list: { title: (r) => `${text(r.unit_name)}巡察反馈问题清单`, date: 'fed_back_on', toUnit: true },
    rectification_list: { title: (r) => `${text(r.unit_name)}巡察整改台账`, toUnit: true },
    letter: { title: letterTitle, date: 'issued_on', toUnit: true, numbered: true },
    instruction: { title: (r) => `批示办理单${behind(r.number)}`, date: 'issued_on', numbered: true },
    fact_check: { title: () => '巡察事实核对单', date: 'sent_on', toUnit: true },
    objection: { title: (r) => `关于${text(r.unit_name)}异议的处理决定`, date: 'decided_on', toUnit: true },
    rectification_plan: { title: (r) => text(r.title), date: 'submitted_on', fits: (r) => r.kind === 'plan' },
    rectification_report: { title: (r) => text(r.title), date: 'submitted_on', fits: (r) => r.kind === 'progress' || r.kind === 'principal' },
    publication: { title: () => '关于巡察整改进展情况的通报', date: 'approved_on', fits: (r) => r.kind === 'publication' },
    plan_problem_list: listOfPlan('问题清单'),
    plan_task_list: listOfPlan('任务清单'),
    plan_duty_list: listOfPlan('责任清单'),
    evaluation: { title: (r) => `关于${text(r.unit_name)}巡察整改评估结果的通知`, date: 'decided_on', toUnit: true, fits: (r) => r.state === 'settled' },
    talk: { title: (r) => `约谈记录${behind(r.number)}`, date: 'held_on', numbered: true },
    legacy_issue: { title: (r) => `历史遗留问题办理单${behind(r.number)}`, date: 'entered_on', numbered: true },
    strike_off: { title: (r) => `巡察整改对账销号单（${text(r.unit_name)}第${text(r.number)}项）`, date: 'struck_off_on', toUnit: true },
};

// What the form begins with. A paper bears the day of its record, but no day to come: it could not be issued before.
export function draftOf(kind: string, record: Fields, maker: string | null): Body {
    const habit = HABITS[kind];
    const today = state.session?.today ?? '';
    const day = habit?.date ? text(record[habit.date]) : '';
    return {
        title: (habit?.title(record) ?? '').slice(0, 120),
        maker: text(record.maker) || maker,
        addressee: habit?.toUnit ? record.unit_name : null,
        dated_on: day && day <= today ? day : today,
    };
}
export const fits = (kind: string, record: Fields): boolean => HABITS[kind]?.fits?.(record) ?? true;
export const ownNumber = (kind: string, record: Fields): string => (HABITS[kind]?.numbered ? text(record.number) : '');

// Where the record of a paper is shown.
export function placeOf(kind: Kind, record: string | null): string | null {
    if (kind.subject) return record ? `/${kind.subject}/${record}` : null;
    return kind.kind === 'statistic' ? `/statistics/${record ?? ''}` : '/report';
}
