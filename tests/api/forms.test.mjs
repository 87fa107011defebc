// Statistics forms: data that becomes a table, an Excel sheet, or the numbers in a superior's workbook; on both engines.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { forEachEngine } from './lib.mjs';

const stated = (problem, field) => assert.ok(problem.errors.some((e) => e.field === field && e.rule && e.remedy), `${field}: ${JSON.stringify(problem)}`);
const MINE = {
    code: 'BB-01', title: '本市自定报表',
    columns: [{ key: 'told', label: '反馈', figure: 'findings_fed_back' }, { key: 'done', label: '到位', figure: 'findings_rectified' }, { key: 'open', label: '未到位', formula: 'told - done' }, { key: 'rate', label: '比率', formula: 'percent(done, told)' }, { key: 'meetings', label: '书记会', figure: 'meetings_secretary' }],
    rows: [{ key: 'all', label: '全部' }, { key: 'government', label: '政府部门', filter: { kind: 'government' } }, { key: 'y2021', label: '2021年', filter: { year: 2021 } }],
    checks: [{ label: '未到位不多于反馈', left: 'all.open + all.done', right: 'all.told' }, { label: '一项不相等的校验', left: 'all.told', right: 'government.told' }],
};
const xml = (city, bytes, part) => {
    writeFileSync(join(city.folder, 'form.xlsx'), bytes);
    return spawnSync('unzip', ['-p', 'form.xlsx', part], { cwd: city.folder, encoding: 'utf8' }).stdout;
};

forEachEngine('statistics forms', async (t, city) => {
    const [office, leader] = ['office', 'leader'].map((l) => city.as(l));
    const organiser = (await office.items('organisers'))[0].id;
    const figures = await leader.get('figures');
    const value = (id) => String(figures.find((f) => f.id === id).value);

    await t.test('the shipped forms: every cell is its list, every check agrees', async () => {
        const forms = await leader.get('statistics');
        assert.deepEqual(forms.filter((f) => f.shipped).map((f) => f.code), ['ZG-01', 'FG-01', 'WT-01', 'ND-01', 'DW-01']);
        for (const form of forms) {
            const shown = await leader.get(`statistics/${form.id}`);
            assert.ok(shown.lines.length > 1, form.code);
            for (const check of shown.checks) assert.equal(check.agrees, true, `${form.code}: ${check.label} ${check.left} ${check.right}`);
            for (const line of shown.lines)
                for (const [n, cell] of line.cells.entries()) {
                    if (!cell.list || /rate|金额|amount/.test(shown.columns[n].key)) continue;
                    assert.equal(String(await leader.count(cell.list)), cell.value, `${form.code} ${line.label} ${shown.columns[n].key}`);
                }
        }
    });
    await t.test('their totals are the figures', async () => {
        const shown = await leader.get('statistics/ZG-01');
        const total = shown.lines.find((l) => l.row === 'total');
        const of = (key) => total.cells[shown.columns.findIndex((c) => c.key === key)].value;
        assert.deepEqual([of('told'), of('done'), of('open'), of('rate')], [value('findings_fed_back'), value('findings_rectified'), value('findings_open'), value('rectification_rate')]);
    });
    await t.test('a filter of the reader narrows the whole form', async () => {
        const shown = await leader.get('statistics/ZG-01?kind=government');
        const told = (await leader.get('figures?kind=government')).find((f) => f.id === 'findings_fed_back').value;
        assert.equal(shown.lines.find((l) => l.row === 'total').cells[0].value, String(told));
    });
    await t.test('coverage: nobody is left below nought, and a year does not make it whole', async () => {
        const shown = await leader.get('statistics/FG-01');
        const total = shown.lines.find((l) => l.row === 'total').cells.map((cell) => Number(cell.value));
        assert.deepEqual([total[2], total[2] >= 0], [total[0] - total[1], true]);
        const year = await leader.get('statistics/FG-01?year=2021');
        assert.deepEqual(year.lines.find((l) => l.row === 'total').cells.map((cell) => cell.value), ['—', '—', '—', '—']);
    });
    let mine;
    await t.test('the office keeps its own: rows by filter, formulas, checks that do not agree are told', async () => {
        mine = await office.post('forms', { organiser, body: JSON.stringify(MINE) });
        assert.deepEqual([mine.code, mine.title, mine.fills], ['BB-01', '本市自定报表', false]);
        const shown = await office.get(`statistics/${mine.id}`);
        assert.deepEqual(shown.lines.map((l) => l.label), ['全部', '政府部门', '2021年']);
        assert.equal(shown.lines[0].cells[3].value, value('rectification_rate'));
        assert.equal(shown.lines[1].cells[4].value, '—', 'meetings have no kind of unit');
        assert.deepEqual(shown.checks.map((k) => k.agrees), [true, false]);
        const changed = await office.patch('forms', mine.id, { body: JSON.stringify({ ...MINE, title: '改名的报表' }) });
        assert.equal(changed.title, '改名的报表');
    });
    await t.test('what is wrong with a form is named by its place', async () => {
        const refused = async (change, field) => stated(await office.refused(422, 'POST', 'forms', { body: { organiser, body: JSON.stringify({ ...MINE, code: 'BB-02', ...change }) } }), field);
        const column = (more) => [{ key: 'a', label: '甲', figure: 'findings_fed_back' }, more];
        await refused({ columns: column({ key: 'b', label: '乙', figure: 'nothing' }), checks: [] }, 'columns[1].figure');
        await refused({ columns: column({ key: 'B b', label: '乙', figure: 'findings_fed_back' }), checks: [] }, 'columns[1].key');
        await refused({ columns: column({ key: 'b', label: '乙', formula: 'a -' }), checks: [] }, 'formula');
        await refused({ columns: column({ key: 'b', label: '乙', formula: 'a - c' }), checks: [] }, 'formula');
        await refused({ rows: [{ key: 'r', each: 'colour' }], checks: [] }, 'rows[0].each');
        await refused({ rows: [{ key: 'r', filter: { colour: 'red' } }], checks: [] }, 'rows[0].filter');
        await refused({ rows: [{ key: 'r', filter: { year: 1900 } }], checks: [] }, 'year');
        await refused({ checks: [{ label: '校验', left: 'nowhere.told', right: 'all.told' }] }, 'formula');
        await refused({ columns: [], rows: [], checks: [] }, 'columns');
        await refused({ columns: [], rows: [], checks: [], values: [{ key: 'a', figure: 'findings_fed_back' }], cells: [{ sheet: '表', cell: '5C', value: 'a' }] }, 'cells[0].cell');
        await refused({ title: '' }, 'title');
        await refused({ code: 'ZG-01' }, 'code');
        stated(await office.refused(422, 'POST', 'forms', { body: { organiser, body: '{"code":' } }), 'body');
        await office.refused(409, 'POST', 'forms', { body: { organiser, body: JSON.stringify(MINE) } });
        await leader.refused(403, 'POST', 'forms', { body: { organiser, body: JSON.stringify(MINE) } });
        await city.as('unit').refused(404, 'GET', `statistics/${organiser}`).catch(() => city.as('unit').refused(403, 'GET', `statistics/${organiser}`));
    });
    await t.test('in Excel it says what the screen says', async () => {
        const file = await leader.expect(200, 'GET', 'statistics/ZG-01/export');
        assert.match(file.headers['content-type'], /spreadsheetml/);
        const sheet = xml(city, file.bytes, 'xl/worksheets/sheet1.xml');
        const numbers = [...sheet.matchAll(/<c r="([A-Z]+)2"[^>]*><v>([^<]+)</g)].map(([, , n]) => Math.round(Number(n) * 100) / 100);
        const shown = (await leader.get('statistics/ZG-01')).lines[0].cells.map((cell) => Number(cell.value));
        assert.deepEqual(numbers, shown);
    });
    await t.test('a superior\'s workbook is filled where the mapping says, and everything else stays', async () => {
        const mapping = { code: 'SJ-01', title: '上级统计表', values: [{ key: 'told', figure: 'findings_fed_back' }, { key: 'done', figure: 'findings_rectified' }, { key: 'year', figure: 'findings_fed_back', filter: { year: 2021 } }], cells: [{ sheet: '单位', cell: 'C5', value: 'told' }, { sheet: '单位', cell: 'D5', formula: 'percent(done, told)' }, { sheet: '单位', cell: 'C9', value: 'year' }] };
        const form = await office.post('forms', { organiser, body: JSON.stringify(mapping) });
        assert.equal(form.fills, true);
        stated(await office.refused(409, 'GET', `statistics/${form.id}/export`), 'attachments');
        const workbook = (await office.expect(200, 'GET', 'units/export?format=xlsx&limit=3')).bytes;
        const attach = async (bytes, name) => office.post('attachments', { subject: 'forms', record: form.id, name, evidence: await office.upload(bytes, { organiser }) });
        await attach(workbook, '上级下发.xlsx');
        const before = xml(city, workbook, 'xl/worksheets/sheet1.xml');
        const filled = (await office.expect(200, 'GET', `statistics/${form.id}/export`)).bytes;
        const after = xml(city, filled, 'xl/worksheets/sheet1.xml');
        assert.ok(new RegExp(`<c r="C5"[^>]*><v>${value('findings_fed_back')}</v>`).test(after), after.slice(0, 3000));
        assert.ok(new RegExp(`<c r="D5"[^>]*><v>${value('rectification_rate')}</v>`).test(after));
        assert.equal(xml(city, filled, 'xl/styles.xml'), xml(city, workbook, 'xl/styles.xml'));
        const but = (s) => s.replace(/<row r="(5|9)".*?<\/row>/g, '');
        assert.equal(but(after), but(before));
        await attach(Buffer.from('没有工作簿'), '另一份.xlsx');
        await office.refused(422, 'GET', `statistics/${form.id}/export`).catch(async () => assert.equal((await office.request('GET', `statistics/${form.id}/export`)).status, 422));
        await city.as('leader').refused(403, 'POST', 'attachments', { body: { subject: 'forms', record: form.id, name: 'a', evidence: organiser } });
    });
});
