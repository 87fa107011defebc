// Labels in both languages; what stands in field tables comes from there.
import { state } from './api/client';
import { ACTIONS, ENTITIES, LIGHTS, ROLES, type ChoiceInfo, type EntityName, type FieldInfo } from './api/types';

export const t = (zh: string, en: string): string => (state.lang === 'zh' ? zh : en);
export const label = (item: { zh: string; en: string }): string => t(item.zh, item.en);

const named = (choices: ChoiceInfo[], name: string | null | undefined): string => {
    const found = choices.find((c) => c.name === name);
    return found ? label(found) : (name ?? '');
};
export const roleLabel = (name: string | null): string => named(ROLES, name);
export const actionLabel = (name: string): string => named(ACTIONS, name);
export const lightLabel = (name: string | undefined): string => named(LIGHTS, name);
export const entityLabel = (entity: EntityName): string => label(ENTITIES[entity]);

export function fieldOf(entity: EntityName, name: string): FieldInfo {
    const found = ENTITIES[entity].fields.find((f) => f.name === name);
    if (!found) throw new Error(`${entity}.${name}`);
    return found;
}

// Fen as yuan, choices by their label, absent as 未记载 only where a value was due.
export function shownValue(field: FieldInfo, value: unknown, names?: Record<string, string | null>): string {
    if (value === null || value === undefined || value === '') return '—';
    if (field.type === 'choice') return named(field.choices, String(value));
    if (field.type === 'money') return (Number(value) / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2 }) + t(' 元', ' yuan');
    if (field.type === 'flag') return value ? t('是', 'Yes') : t('否', 'No');
    if (field.name === 'subject' && String(value) in ENTITIES) return entityLabel(String(value) as EntityName);
    if (names?.[field.name]) return String(names[field.name]);
    if (names && field.type === 'ref' && field.name !== 'id') return '—'; // a record that the reader does not see
    if (field.type === 'instant') return new Date(String(value)).toLocaleString('zh-CN');
    return String(value);
}

export function setLang(lang: 'zh' | 'en'): void {
    state.lang = lang;
    localStorage.setItem('lang', lang);
    document.documentElement.lang = lang === 'zh' ? 'zh-CN' : 'en';
}
