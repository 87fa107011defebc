import { ENTITIES, type EntityName, type FieldInfo } from './api/types';
import { label, shownValue, t } from './i18n';

// The conditions of a list's address in words: 轮次·类型为“常规巡察”, 状态不为“已撤销”.
const WORDS: Record<string, [string, string]> = {
    eq: ['为', ' is '],
    ne: ['不为', ' is not '],
    in: ['为', ' is one of '],
    lt: ['早于（小于）', ' before '],
    le: ['不晚于（不大于）', ' up to '],
    gt: ['晚于（大于）', ' after '],
    ge: ['不早于（不小于）', ' from '],
    has: ['含', ' contains '],
    absent: ['未记载', ' is not recorded'],
    given: ['已记载', ' is recorded'],
    above: ['大于', ' above '],
    below: ['小于', ' below '],
};

function valueOf(field: FieldInfo, op: string, value: string): string {
    if (op === 'absent' || op === 'given') return '';
    if (field.type === 'ref') return t('所选记录', 'the chosen record');
    return value
        .split(',')
        .map((one) => t(`“${shownValue(field, field.type === 'flag' ? one === 'true' || one === '1' : one)}”`, shownValue(field, field.type === 'flag' ? one === 'true' || one === '1' : one)))
        .join(t('或', ' or '));
}

/** One condition of an address, `key` as "round.type", "state.ne", "as_of"; as it stands where it is none of ours. */
export function conditionWords(entity: EntityName, key: string, value: string): string {
    if (key === 'as_of') return t(`按 ${value} 的状态`, `as of ${value}`);
    const parts = key.split('.');
    const names: string[] = [];
    let fields = ENTITIES[entity].fields;
    let field: FieldInfo | undefined;
    let op = 'eq';
    for (const part of parts) {
        const next: FieldInfo | undefined = fields.find((f) => f.name === part);
        if (!next) {
            op = part;
            continue;
        }
        field = next;
        names.push(label(field));
        fields = field.refers ? ENTITIES[field.refers].fields : [];
    }
    const words = WORDS[op];
    if (!field || !words) return `${key}=${value}`;
    const other = op === 'above' || op === 'below' ? ENTITIES[entity].fields.find((f) => f.name === value) : undefined;
    return names.join(t('·', ' / ')) + t(words[0], words[1]) + (other ? t(`“${label(other)}”`, label(other)) : valueOf(field, op, value));
}
