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

export async function categoriesOf(roundId: string | null): Promise<Option[]> {
    if (!roundId) return [];
    const round = await show('rounds', roundId);
    const rules = await call<Rules>('GET', `rule_sets/${round.rule_set}/rules`);
    const taxonomy = rules.taxonomies.find((x) => x.code === round.taxonomy);
    return (taxonomy?.nodes ?? []).map((n) => ({ id: n.code, title: `${n.code} ${t(n.label, n.label_en ?? n.label)}` }));
}

export async function membersOf(teamId: string | null): Promise<Option[]> {
    if (!teamId) return [];
    const members = await list('members', { team: teamId, limit: 200 });
    return members.items.map((m) => ({ id: m.person ?? '', title: m.person_name ?? '' }));
}
