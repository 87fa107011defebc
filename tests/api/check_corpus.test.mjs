// The figure checker on annotated prose: aims that must not be lost. The corpus and its notation: tests/check/README.md.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { check, falseAlarmsPer1000, recall, score } from '../check/score.mjs';

const here = (name) => new URL(`../check/${name}`, import.meta.url).pathname;
const RECALL = {
    'prose-dev': 0.87, 'prose-heldout': 0.9, 'prose-second': 0.87, 'prose-third': 0.87, 'prose-fourth': 0.9, 'prose-fifth': 0.79,
    'prose-sixth': 0.88, 'prose-seventh': 0.82, 'prose-eighth': 0.87, 'prose-ninth': 0.77, 'prose-tenth': 0.82, 'prose-eleventh': 0.85,
    'prose-twelfth': 0.82, 'prose-thirteenth': 0.76, 'prose-fourteenth': 0.83, 'prose-fifteenth': 0.81, 'prose-sixteenth': 0.77, 'prose-seventeenth': 0.89, 'prose-eighteenth': 0.76,
    'prose-nineteenth': 0.59, 'prose-twentieth': 0.52, 'prose-twentyfirst': 0.66, 'prose-twentysecond': 0.57, 'prose-twentythird': 0.59, 'prose-twentyfourth': 0.59,
};
// annotated slips that are not found yet
const UNCAUGHT = {
    'prose-ninth': 1, 'prose-tenth': 1, 'prose-eleventh': 1, 'prose-sixteenth': 1, 'prose-seventeenth': 1, 'prose-eighteenth': 1,
    'prose-nineteenth': 4, 'prose-twentieth': 2, 'prose-twentyfirst': 4, 'prose-twentysecond': 2, 'prose-twentythird': 1, 'prose-twentyfourth': 2,
};

for (const [name, least] of Object.entries(RECALL))
    test(`${name}: recall on refutable mutations, false alarms on clean claims`, { timeout: 170000 }, () => {
        const s = score(here(name + '.jsonl'));
        assert.ok(s.mutated.total > 150 && s.plain.clean >= 25, 'the corpus is there');
        assert.ok(recall(s) >= least, `recall ${recall(s)}`);
        assert.ok(falseAlarmsPer1000(s) <= 10, s.plain.falseAlarms.map(([id, a]) => `${id} ${a.rule}: ${a.span}`).join('\n'));
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
    assert.ok(recall(s) >= 0.89, `recall ${recall(s)}`);
});
