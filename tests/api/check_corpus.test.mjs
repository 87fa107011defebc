// The figure checker on annotated prose: aims that must not be lost. The corpus and its notation: tests/check/README.md.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check, falseAlarmsPer1000, recall, score } from '../check/score.mjs';

const here = (name) => new URL(`../check/${name}`, import.meta.url).pathname;
// of every way to spoil a figure; docs/check.md
const RECALL = {
    'prose-dev': 0.81, 'prose-heldout': 0.85, 'prose-second': 0.83, 'prose-third': 0.83, 'prose-fourth': 0.82, 'prose-fifth': 0.75,
    'prose-sixth': 0.81, 'prose-seventh': 0.78, 'prose-eighth': 0.84, 'prose-ninth': 0.71, 'prose-tenth': 0.75, 'prose-eleventh': 0.75,
    'prose-twelfth': 0.73, 'prose-thirteenth': 0.64, 'prose-fourteenth': 0.74, 'prose-fifteenth': 0.74, 'prose-sixteenth': 0.68, 'prose-seventeenth': 0.82,
    'prose-eighteenth': 0.69, 'prose-nineteenth': 0.53, 'prose-twentieth': 0.52, 'prose-twentyfirst': 0.59, 'prose-twentysecond': 0.53, 'prose-twentythird': 0.55,
    'prose-twentyfourth': 0.52, 'prose-twentyfifth': 0.53, 'prose-twentysixth': 0.65, 'prose-twentyseventh': 0.7, 'prose-twentyeighth': 0.68,
    'prose-twentyninth': 0.59, 'prose-thirtieth': 0.68, 'prose-thirtyfirst': 0.51, 'prose-thirtysecond': 0.56, 'prose-thirtythird': 0.58,
};
// annotated slips that are not found yet
const UNCAUGHT = {
    'prose-tenth': 1, 'prose-eleventh': 1, 'prose-sixteenth': 1, 'prose-seventeenth': 1, 'prose-nineteenth': 3, 'prose-twentieth': 1,
    'prose-twentyfirst': 3, 'prose-twentysecond': 1, 'prose-twentythird': 1, 'prose-twentyfourth': 3, 'prose-twentyfifth': 6, 'prose-twentysixth': 3,
    'prose-twentyseventh': 5, 'prose-twentyeighth': 3, 'prose-twentyninth': 3,
    'prose-thirtyfirst': 6, 'prose-thirtysecond': 5, 'prose-thirtythird': 5,
};

// What is left of the last sets, and of one that was not mended: two on 195, two on 178, one on 313.
const UNSEEN_ALARMS = { 'prose-twentyfourth': 11, 'prose-twentyninth': 12, 'prose-thirtythird': 4 };

for (const [name, least] of Object.entries(RECALL))
    test(`${name}: recall on refutable mutations, false alarms on clean claims`, { timeout: 170000 }, () => {
        const s = score(here(name + '.jsonl'));
        assert.ok(s.mutated.total > 150 && s.plain.clean >= 25, 'the corpus is there');
        assert.ok(recall(s) >= least, `recall ${recall(s)}`);
        assert.ok(falseAlarmsPer1000(s) <= (UNSEEN_ALARMS[name] ?? 5), s.plain.falseAlarms.map(([id, a]) => `${id} ${a.rule}: ${a.span}`).join('\n'));
        assert.ok(s.plain.caught >= s.plain.bad - (UNCAUGHT[name] ?? 0), `annotated slips that were missed: ${JSON.stringify(s.plain.missed)}`);
    });

test('paragraphs in which nothing is wrong', () => {
    const paragraphs = readFileSync(here('clean.txt'), 'utf8').split('\n').filter(Boolean);
    const claims = check(paragraphs).flat();
    assert.ok(paragraphs.length > 150 && claims.length > 250);
    assert.deepEqual(claims.filter((c) => c.verdict === 'inconsistent').map((c) => `${c.rule}: ${c.span}`), []);
});

// Facts of public notices in the project's own words, where they lie beside the repository.
const figures = new URL('../../../shared/data/figures-dev.jsonl', import.meta.url).pathname;
test('restated notices', { skip: existsSync(figures) ? false : 'no ../shared/data/figures-dev.jsonl beside this repository' }, () => {
    const s = score(figures);
    assert.ok(s.plain.caught >= 10 && s.plain.bad === 11, `${s.plain.caught} of ${s.plain.bad}`);
    const others = s.plain.falseAlarms.filter(([id]) => !['fig-0252', 'fig-0253'].includes(id)); // every share of these two lists is wrong; six are annotated
    assert.deepEqual(others, []);
    assert.ok(recall(s) >= 0.86, `recall ${recall(s)}`);
});
