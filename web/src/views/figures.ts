// What the server tells of a figure.
export interface Figure {
    id: string;
    group: string;
    group_label: string;
    name: string;
    definition: string;
    applies: boolean;
    knows_days: boolean;
    lacks?: string;
    value: number | null;
    numerator: number;
    denominator: number | null;
    unit: string;
    as_of: string;
    records: number;
    entered_later: number;
    numerator_list: string;
    denominator_list?: string;
}
export interface Difference {
    records: number;
    list: string;
}
// A sentence in parts: a part with a list opens it.
export type Words = { text: string; list?: string }[];
export interface Shown extends Figure {
    dimensions: { name: string; label: string }[];
    variants?: (Figure & { gains: Difference | null; loses: Difference | null })[];
    steps?: { of: string; from: string; words: Words }[];
    rest?: { words: Words } | null;
    confirmed?: { words: Words } | null;
}
export interface Cell {
    keys: { value: string | null; label: string }[];
    value: number | null;
    numerator: number;
    denominator: number | null;
    numerator_list: string;
    denominator_list?: string;
}

export const FILTERS = ['term', 'year', 'round', 'level', 'sector', 'kind', 'framework'] as const;
export const queryOf = (wish: Record<string, string>): string =>
    Object.entries(wish)
        .filter(([, v]) => v)
        .map(([k, v]) => `${k}=${encodeURIComponent(v)}`)
        .join('&');
