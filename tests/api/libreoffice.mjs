// Files opened, changed and saved by LibreOffice: through its own flat XML, which a test can write in.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const unescape = (s) => s.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
const escape = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const CELL = /<table:(?:covered-)?table-cell\b[^>]*?(?:\/>|>[\s\S]*?<\/table:(?:covered-)?table-cell>)/g;

function convert(folder, from, to) {
    const done = spawnSync('soffice', ['--headless', `-env:UserInstallation=file://${join(folder, 'profile')}`, '--convert-to', to, '--outdir', folder, join(folder, from)], { encoding: 'utf8', timeout: 120000 });
    assert.equal(done.status, 0, done.stderr);
}

// One cell each, those that stand for several pulled apart.
function cellsOf(row) {
    const cells = [];
    for (const [text] of row.matchAll(CELL)) {
        const times = Number(/number-columns-repeated="(\d+)"/.exec(text)?.[1] ?? 1);
        for (let i = 0; i < times && cells.length < 64; i++) cells.push(text.replace(/ table:number-columns-repeated="\d+"/, ''));
    }
    return cells;
}
const textOf = (cell) => [...cell.matchAll(/<text:p[^>]*>([\s\S]*?)<\/text:p>/g)].map(([, t]) => unescape(t.replace(/<[^>]*>/g, ''))).join('\n');
function written(cell, value) {
    const style = / table:style-name="[^"]*"/.exec(cell)?.[0] ?? '';
    const validation = / table:content-validation-name="[^"]*"/.exec(cell)?.[0] ?? '';
    const typed = typeof value === 'number' ? ` office:value-type="float" office:value="${value}"` : ' office:value-type="string"';
    return `<table:table-cell${style}${validation}${typed}>${String(value).split('\n').map((t) => `<text:p>${escape(t)}</text:p>`).join('')}</table:table-cell>`;
}

/** `fill(row, n)` is asked of each data row of the first sheet, an object of texts by heading; what it returns, by
 * heading, is written. The file that LibreOffice saves of it. */
export function filledInCalc(bytes, fill) {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-calc-'));
    try {
        writeFileSync(join(folder, 'form.xlsx'), bytes);
        convert(folder, 'form.xlsx', 'fods');
        const xml = readFileSync(join(folder, 'form.fods'), 'utf8');
        const from = xml.indexOf('<table:table '), to = xml.indexOf('</table:table>', from);
        let headings = null, n = 0;
        const sheet = xml.slice(from, to).replace(/<table:table-row\b[^>]*>[\s\S]*?<\/table:table-row>/g, (row) => {
            const cells = cellsOf(row), open = /^<table:table-row\b[^>]*>/.exec(row)[0];
            if (!headings) {
                headings = cells.map(textOf);
                return row;
            }
            if (!cells.some((c) => textOf(c))) return row;
            const wish = fill(Object.fromEntries(headings.map((h, i) => [h, textOf(cells[i] ?? '')])), n++) ?? {};
            for (const [heading, value] of Object.entries(wish)) {
                const at = headings.indexOf(heading);
                assert.ok(at >= 0, `no column ${heading} among ${headings}`);
                cells[at] = written(cells[at] ?? '', value);
            }
            return open + cells.join('') + '</table:table-row>';
        });
        writeFileSync(join(folder, 'filled.fods'), xml.slice(0, from) + sheet + xml.slice(to));
        convert(folder, 'filled.fods', 'xlsx');
        return readFileSync(join(folder, 'filled.xlsx'));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

/** A Word document opened by LibreOffice Writer, its flat XML changed by `edit`, and saved as a Word document again. */
export function editedInWriter(bytes, edit = (xml) => xml) {
    const folder = mkdtempSync(join(tmpdir(), 'xuncha-writer-'));
    try {
        writeFileSync(join(folder, 'paper.docx'), bytes);
        convert(folder, 'paper.docx', 'fodt');
        writeFileSync(join(folder, 'edited.fodt'), edit(readFileSync(join(folder, 'paper.fodt'), 'utf8')));
        convert(folder, 'edited.fodt', 'docx');
        return readFileSync(join(folder, 'edited.docx'));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}
