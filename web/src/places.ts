// What forms of an inspection choose from: its round's categories, its team's people.
import { call, list, show } from './api/client';
import { t } from './i18n';

export interface Option {
    id: string;
    title: string;
}
interface Rules {
    taxonomies: { code: string; name: string; name_en?: string; nodes: { code: string; label: string; label_en?: string }[] }[];
}

// By field: the round's categories, those of its second taxonomy, the local themes.
export interface Categories extends Record<string, Option[]> {
    category: Option[];
    category2: Option[];
    theme: Option[];
}
export const NO_CATEGORIES: Categories = { category: [], category2: [], theme: [] };

export async function categoriesOf(roundId: string | null): Promise<Categories> {
    if (!roundId) return NO_CATEGORIES;
    const round = await show('rounds', roundId);
    const rules = await call<Rules>('GET', `rule_sets/${round.rule_set}/rules`);
    const nodes = (code: string | null): Option[] =>
        (rules.taxonomies.find((x) => x.code === code)?.nodes ?? []).map((n) => ({ id: n.code, title: `${code === 'THEME' ? '' : n.code + ' '}${t(n.label, n.label_en ?? n.label)}` }));
    return { category: nodes(round.taxonomy), category2: nodes(round.taxonomy2), theme: nodes('THEME') };
}

// What a new round chooses its categories from: the taxonomies of the newest rules.
export async function taxonomiesOf(ruleSet?: string | null): Promise<Option[]> {
    const rules = ruleSet ?? (await list('rule_sets', { sort: '-valid_from', limit: 1 })).items[0]?.id;
    if (!rules) return [];
    const found = await call<Rules>('GET', `rule_sets/${rules}/rules`);
    return found.taxonomies.filter((x) => x.code !== 'THEME').map((x) => ({ id: x.code, title: `${t(x.name, x.name_en ?? x.name)}（${x.code}）` }));
}

// What the form of a new round offers; without rules its fields are plain texts.
export async function roundOptions(): Promise<Record<string, Option[]>> {
    const taxonomies = await taxonomiesOf().catch(() => []);
    return taxonomies.length ? { taxonomy: taxonomies, taxonomy2: taxonomies } : {};
}

export async function membersOf(teamId: string | null): Promise<Option[]> {
    if (!teamId) return [];
    const members = await list('members', { team: teamId, limit: 200 });
    return members.items.map((m) => ({ id: m.person ?? '', title: m.person_name ?? '' }));
}

/** Supervision offices and resident groups that a right may name, with how many units name them. */
export async function rightOptions(): Promise<Record<string, Option[]>> {
    const { items } = await call<{ items: { kind: string; name: string; units: number }[] }>('GET', 'assignments/offices');
    const options: Record<string, Option[]> = { supervision_office: [], resident_group: [] };
    for (const o of items) options[o.kind]?.push({ id: o.name, title: t(`${o.name}（监督${o.units}个单位）`, `${o.name} (${o.units} units)`) });
    return options;
}
