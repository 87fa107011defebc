// The daily run over a hundred thousand items, killed at any moment and run again: nothing twice, nothing missed.
import test from 'node:test';
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { made, program } from './lib.mjs';

const ITEMS = 100000, DAY = '2022-12-01';
const LATE = `state IN ('pending', 'ongoing', 'basic', 'long_term', 'rebound') AND due_on <= '${DAY}'`;

test('a hundred thousand items, killed again and again', { timeout: 600000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-late-'));
    const root = new URL('../../', import.meta.url).pathname;
    const ask = (sql) => spawnSync('sqlite3', [join(folder, 'late.ledger'), sql], { encoding: 'utf8' }).stdout.trim();
    const drafted = () => Number(ask('SELECT COUNT(*) FROM letter_item i JOIN letter l ON l.id = i.letter WHERE l.step IS NOT NULL'));
    try {
        assert.equal(spawnSync('make', ['-s', 'build/bench/fill'], { cwd: root }).status, 0);
        const filled = spawnSync(join(root, 'build/bench/fill'), ['late.ledger', String(ITEMS), 'late'], { cwd: folder, encoding: 'utf8' });
        assert.equal(filled.status, 0, filled.stderr);
        assert.equal(Number(ask('SELECT COUNT(*) FROM rectification')), ITEMS);
        const late = Number(ask(`SELECT COUNT(*) FROM rectification WHERE ${LATE}`));
        assert.ok(late >= 1000, `${late} are late`);

        const seen = [];
        for (let wait = 40; wait < 1500 && seen.length < 8; wait = Math.ceil(wait * 1.5)) {
            const child = spawn(program, ['escalate', '--ledger', 'late.ledger', '--today', DAY], { cwd: folder, stdio: 'ignore' });
            const ended = new Promise((resolve) => child.on('exit', resolve));
            setTimeout(() => child.kill('SIGKILL'), wait);
            await ended;
            seen.push(drafted());
        }
        assert.ok(seen.some((n) => n > 0 && n < late), `killed half way at least once: ${seen}`);
        made(['escalate', '--ledger', 'late.ledger', '--today', DAY], { cwd: folder });
        assert.equal(JSON.parse(made(['escalate', '--ledger', 'late.ledger', '--today', DAY, '--json'], { cwd: folder }).out).records, 0);

        assert.equal(drafted(), late, 'each late item is in a draft');
        assert.equal(ask('SELECT COUNT(*) FROM (SELECT rectification, due_on FROM letter_item GROUP BY 1, 2 HAVING COUNT(*) > 1)'), '0', 'and in one only');
        assert.equal(ask(`SELECT COUNT(*) FROM rectification WHERE ${LATE} AND id NOT IN (SELECT rectification FROM letter_item)`), '0');
        assert.equal(ask('SELECT COUNT(*) FROM letter l WHERE NOT EXISTS (SELECT 1 FROM letter_item i WHERE i.letter = l.id)'), '0', 'no letter about nothing');
        assert.equal(ask('SELECT COUNT(*) - COUNT(DISTINCT number) FROM letter'), '0');
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
});
