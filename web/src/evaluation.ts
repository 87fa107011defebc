// The scheme of an evaluation as the server prints it, and the lines in which marks and ballots travel.
export interface Labelled {
    label: string;
    label_en: string;
}
export interface Indicator extends Labelled {
    code: string;
    max: number;
}
export interface SchemePart extends Labelled {
    code: string;
    max: number;
    weight: number;
    facts: boolean;
    ballot: boolean;
    raters: string[];
    indicators: Indicator[];
}
export interface Scheme {
    code: string;
    title: string;
    title_en: string;
    mode: 'deduct' | 'weighted';
    least: number;
    basic_percent: number;
    parts: SchemePart[];
    grades: (Labelled & { name: string; from: number })[];
    consequences: (Labelled & { grade: string })[];
}

export interface Mark {
    points: number | null;
    reason: string;
}
export type Marks = Record<string, Mark>;

// "A1 2.5 理由", a line each.
export function readMarks(part: SchemePart, text: string | null): Marks {
    const marks: Marks = Object.fromEntries(part.indicators.map((i) => [i.code, { points: null, reason: '' }]));
    for (const line of (text ?? '').split('\n')) {
        const [code = '', points = '', ...reason] = line.split(' ');
        if (marks[code]) marks[code] = { points: Number(points), reason: reason.join(' ') };
    }
    return marks;
}

// What is not deducted is not said; points that are given are all said.
export const marksOf = (part: SchemePart, marks: Marks, deducts: boolean): string =>
    part.indicators
        .map((i) => ({ code: i.code, ...(marks[i.code] ?? { points: null, reason: '' }) }))
        .filter((m) => m.points !== null && m.points !== undefined && (!deducts || m.points > 0))
        .map((m) => `${m.code} ${m.points} ${m.reason.replace(/\s+/g, ' ').trim()}`.trim())
        .join('\n');

export interface Group {
    name: string;
    votes: (number | null)[];
}
export const ballotsOf = (groups: Group[]): string =>
    groups
        .filter((g) => g.name.trim())
        .map((g) => `${g.name.trim().replace(/\s+/g, '')} ${g.votes.map((n) => n ?? 0).join(' ')}`)
        .join('\n');
