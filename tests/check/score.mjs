// node tests/check/score.mjs [--misses] [--program FILE] FILE.jsonl …
//
// What the checker finds in annotated passages. Clean passages give the false alarms: an "inconsistent" that meets no
// claim annotated so. Each consistent claim with a formula is then spoilt one number at a time, and each number in every
// way that people spoil one: another digit, two neighbours in each other's place, a little more or less, another number
// of the same order, a digit lost or doubled, another numeral. Where the formula, by its own arithmetic
// (arithmetic.mjs), no longer holds, the checker should say "inconsistent" there. All ways count alike, for a checker
// must not be measured by the one it was built for. The corpus and its notation are described in README.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chinese, holds, operands } from './arithmetic.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const BATCH = 60;

/** A small repeatable generator (mulberry32): the same mutations in every run. */
function random(seed) {
    return () => {
        seed = (seed + 0x6d2b79f5) | 0;
        let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
        t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

/** The answers of `xuncha check --json` for each text. */
export function check(texts, program = join(ROOT, 'build/xuncha')) {
    const dir = mkdtempSync(join(tmpdir(), 'xuncha-check-')), answers = texts.map(() => []);
    try {
        for (let from = 0; from < texts.length; from += BATCH) {
            const files = texts.slice(from, from + BATCH).map((text, i) => {
                const file = join(dir, `${i}.txt`);
                writeFileSync(file, text);
                return file;
            });
            for (const claim of run(program, files))
                answers[from + files.indexOf(claim.file ?? files[0])].push(claim);
        }
    } finally {
        rmSync(dir, { recursive: true });
    }
    return answers;
}

function run(program, files) {
    try {
        return JSON.parse(execFileSync(program, ['check', '--json', ...files], { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'inherit'] }));
    } catch (e) {
        if (e.status === 1) return JSON.parse(e.stdout);
        throw e;
    }
}

const place = (text, span) => { const at = text.indexOf(span); return [at, at + span.length]; };
function meets(text, a, b) {
    const [a0, a1] = place(text, a), [b0, b1] = place(text, b);
    return a0 >= 0 && b0 >= 0 && a0 < b1 && b0 < a1;
}

// --- passages as they stand ------------------------------------------------------------------------------------
function scorePlain(passages, answers) {
    const sum = { claims: 0, clean: 0, bad: 0, recognised: 0, agreed: 0, caught: 0, falseAlarms: [], missed: [] };
    passages.forEach((p, i) => {
        for (const claim of p.claims) {
            const here = answers[i].filter((a) => a.kind === claim.kind && meets(p.text, claim.span, a.span));
            sum.claims++;
            sum.recognised += here.length > 0;
            sum.agreed += here.some((a) => a.verdict === claim.verdict);
            if (claim.verdict !== 'inconsistent') { sum.clean++; continue; }
            sum.bad++;
            if (here.some((a) => a.verdict === 'inconsistent')) sum.caught++;
            else sum.missed.push([p.id, claim]);
        }
        const wrong = p.claims.filter((c) => c.verdict === 'inconsistent');
        for (const a of answers[i])
            if (a.verdict === 'inconsistent' && !wrong.some((c) => meets(p.text, c.span, a.span))) sum.falseAlarms.push([p.id, a]);
    });
    return sum;
}

// --- mutations -----------------------------------------------------------------------------------------------------
const CHINESE = '一二三四五六七八九';
const isDigit = (ch) => /[0-9０-９]/.test(ch);

const pick = (rnd, list) => list[Math.floor(rnd() * list.length)];

/** A whole number up to 9999 in Chinese characters, as reports write it. */
function inChinese(n) {
    let text = '', gap = false;
    for (const [place, name] of [[1000, '千'], [100, '百'], [10, '十'], [1, '']]) {
        const digit = Math.floor(n / place) % 10;
        if (digit === 0) { gap = gap || text !== ''; continue; }
        text += (gap ? '零' : '') + CHINESE[digit - 1] + name;
        gap = false;
    }
    return text.replace(/^一十/, '十');
}

/** The ways to spoil a run of digits; `decimals` of them stand behind the point. Empty: it cannot be done. */
const WAYS = {
    digit(digits, decimals, rnd) {
        const at = Math.floor(rnd() * digits.length), first = at === 0 && digits.length > 1 && decimals < digits.length - 1;
        const other = pick(rnd, [...'0123456789'].filter((d) => d !== digits[at] && !(first && d === '0')));
        return digits.slice(0, at) + other + digits.slice(at + 1);
    },
    swap(digits, decimals, rnd) {
        const places = [...digits.slice(1)].map((_, i) => i).filter((i) => digits[i] !== digits[i + 1] && !(i === 0 && digits[1] === '0'));
        if (places.length === 0) return '';
        const at = pick(rnd, places);
        return digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
    },
    near(digits, decimals, rnd) {
        const now = Number(digits) + (rnd() < 0.5 ? -1 : 1) * (1 + Math.floor(rnd() * 30));
        return now > 0 ? String(now).padStart(decimals + 1, '0') : '';
    },
    other(digits, decimals, rnd) {
        const now = Math.round(Number(digits) * (0.6 + rnd() * 0.8));
        return now > 0 ? String(now).padStart(decimals + 1, '0') : '';
    },
    length(digits, decimals, rnd) {
        const at = Math.floor(rnd() * (digits.length - decimals)), lost = digits.slice(0, at) + digits.slice(at + 1);
        const doubled = digits.slice(0, at + 1) + digits.slice(at);
        return rnd() < 0.5 && lost.length > decimals && !(lost[0] === '0' && lost.length > decimals + 1) ? lost : doubled;
    },
};

/** A numeral in characters can only be another one: 七 → 五, 三十六 → 二十九. */
function spoilNumeral(literal, rnd) {
    const m = /^[一二两三四五六七八九十百千零]+/.exec(literal);
    if (!m) return '';
    const was = Number(chinese(m[0])), other = Math.round(was < 10 ? 1 + rnd() * 8 : was * (0.6 + rnd() * 0.8));
    return other > 0 && other < 10000 && other !== was ? inChinese(other) + literal.slice(m[0].length) : '';
}

/** The literal spoilt in one way; empty where that cannot be done. All that stands around the digits stays. */
function spoil(literal, way, rnd) {
    const m = /([0-9０-９]+)(?:\.([0-9０-９]+))?/.exec(literal);
    if (!m || way === 'numeral') return !m && way === 'numeral' ? spoilNumeral(literal, rnd) : '';
    const wide = m[0][0] >= '０', narrow = (t) => t.replace(/[０-９]/g, (d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0));
    const decimals = m[2]?.length ?? 0, bad = WAYS[way](narrow(m[1] + (m[2] ?? '')), decimals, rnd);
    if (!bad) return '';
    let text = decimals ? `${bad.slice(0, -decimals)}.${bad.slice(-decimals)}` : bad;
    if (wide) text = text.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
    return literal.slice(0, m.index) + text + literal.slice(m.index + m[0].length);
}

/** Where a literal stands in the span as a number of its own. */
function find(span, literal, from) {
    for (let at = span.indexOf(literal, from); at >= 0; at = span.indexOf(literal, at + 1)) {
        const before = span[at - 1] ?? '', after = span[at + literal.length] ?? '';
        const part = (ch) => (isDigit(literal[0]) ? isDigit(ch) || ch === '.' : CHINESE.includes(ch) || '十百千'.includes(ch));
        if (!part(before) && !part(after) && before !== '第') return at;
    }
    return -1;
}

/** A mutation that also happens to spoil nothing is no mutation: only those that the formula refutes are kept. */
function mutations(passage, claim, rnd) {
    const list = [], literals = operands(claim.formula), [start] = place(passage.text, claim.span);
    let from = 0;
    literals.forEach((literal, i) => {
        if (/^listed\(/.test(claim.formula) && i === 0) return;
        const wide = literal.replace(/[0-9]/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
        let written = literal, at = find(claim.span, literal, from);
        if (at < 0) at = find(claim.span, literal, 0);
        if (at < 0) at = find(claim.span, (written = wide), 0);
        if (at < 0) return;
        from = at + 1;
        for (const way of [...Object.keys(WAYS), 'numeral']) {
            const bad = spoil(written, way, rnd), with_ = literals.map((l, k) => (k === i ? bad : l));
            let held = true;
            try { held = bad === '' || bad === written || holds(claim.formula, with_); } catch { continue; }
            if (held) continue;
            const text = passage.text.slice(0, start + at) + bad + passage.text.slice(start + at + written.length);
            const span = claim.span.slice(0, at) + bad + claim.span.slice(at + written.length);
            if (!list.some((m) => m.text === text)) list.push({ id: passage.id, kind: claim.kind, way, text, span, was: written, is: bad });
        }
    });
    return list;
}

/** Restated passages carry `computed` and `stated`: their formula, where both are plain. */
function withFormula(claim) {
    if (claim.formula || claim.verdict !== 'consistent') return claim;
    const m = /^([\d+\-*/().]+)=/.exec(claim.computed ?? ''), stated = /^[\d.]+(%|倍)?$/.exec(claim.stated ?? '');
    return m && stated && claim.kind !== 'comparison' ? { ...claim, formula: `${m[1]}=${claim.stated}` } : claim;
}

function scoreMutations(passages, program) {
    const rnd = random(20261126), all = [];
    for (const p of passages)
        for (const claim of p.claims.map(withFormula))
            if (claim.verdict === 'consistent' && claim.formula) {
                let ok = false;
                try { ok = holds(claim.formula); } catch { /* not in the notation */ }
                if (ok) all.push(...mutations(p, claim, rnd));
            }
    const answers = check(all.map((m) => m.text), program), kinds = {}, ways = {};
    const sum = { total: all.length, found: 0, foundAnyKind: 0, kinds, ways, missed: [] };
    all.forEach((m, i) => {
        const here = answers[i].filter((a) => a.verdict === 'inconsistent' && meets(m.text, m.span, a.span));
        const rows = [(kinds[m.kind] ??= { total: 0, found: 0 }), (ways[m.way] ??= { total: 0, found: 0 })];
        const found = here.some((a) => a.kind === m.kind);
        for (const row of rows) { row.total++; row.found += found; }
        sum.foundAnyKind += here.length > 0;
        sum.found += found;
        if (!found) sum.missed.push([m, here]);
    });
    return sum;
}

/** Everything about one file. */
export function score(file, program) {
    const passages = readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line));
    return { passages: passages.length, plain: scorePlain(passages, check(passages.map((p) => p.text), program)), mutated: scoreMutations(passages, program) };
}

export const recall = (s) => (s.mutated.total ? s.mutated.found / s.mutated.total : 1);
export const falseAlarmsPer1000 = (s) => (1000 * s.plain.falseAlarms.length) / s.plain.clean;

function print(file, s, misses) {
    const percent = (n, of) => `${n} of ${of} (${of ? ((100 * n) / of).toFixed(1) : '–'} %)`;
    console.log(`${file}: ${s.passages} passages, ${s.plain.claims} claims`);
    console.log(`  claims recognised       ${percent(s.plain.recognised, s.plain.claims)}, same verdict ${percent(s.plain.agreed, s.plain.claims)}`);
    console.log(`  inconsistent found      ${percent(s.plain.caught, s.plain.bad)}`);
    console.log(`  false alarms            ${s.plain.falseAlarms.length} on ${s.plain.clean} clean claims: ${falseAlarmsPer1000(s).toFixed(1)} per 1,000`);
    console.log(`  mutations found         ${percent(s.mutated.found, s.mutated.total)}, under any kind ${percent(s.mutated.foundAnyKind, s.mutated.total)}`);
    for (const [kind, row] of [...Object.entries(s.mutated.kinds), ...Object.entries(s.mutated.ways)]) console.log(`    ${kind.padEnd(12)}          ${percent(row.found, row.total)}`);
    if (!misses) return;
    for (const [id, a] of s.plain.falseAlarms) console.log(`FALSE ${id} ${a.kind} ${a.rule}: ${a.span} | ${a.computed}`);
    for (const [id, c] of s.plain.missed) console.log(`MISSED ${id} ${c.kind}: ${c.span} | ${c.formula ?? c.computed}`);
    for (const [m, here] of s.mutated.missed)
        console.log(`MUTATION ${m.id} ${m.kind} ${m.way} ${m.was} → ${m.is}: ${m.span}${here.length ? ` | only ${here.map((a) => a.kind)}` : ''}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
    const args = process.argv.slice(2), misses = args.includes('--misses'), at = args.indexOf('--program');
    const program = at >= 0 ? args.splice(at, 2)[1] : undefined;
    for (const file of args.filter((a) => a !== '--misses')) print(file, score(file, program), misses);
}
