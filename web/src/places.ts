// What forms of an inspection choose from: its round's categories, its team's people.
import { call, list, show } from './api/client';
import { t } from './i18n';

export interface Option {
    id: string;
    title: string;
}
interface Rules {
    taxonomies: { code: string; name: string; nodes: { code: string; label: string; label_en?: string }[] }[];
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

export async function membersOf(teamId: string | null): Promise<Option[]> {
    if (!teamId) return [];
    const members = await list('members', { team: teamId, limit: 200 });
    return members.items.map((m) => ({ id: m.person ?? '', title: m.person_name ?? '' }));
}
