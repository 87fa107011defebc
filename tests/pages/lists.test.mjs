// Lists as tools: columns, order and views in the address, files of what is shown, moves on many with an answer a row; and the
// card of an item as it goes on: an extension asked for and granted, a letter issued and answered.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city, office, unit;
before(async () => {
    city = await openCity();
    office = await city.person('office');
    unit = await city.person('unit');
});
after(() => city.close());
const address = (p) => new URL(p.page.url()).searchParams;
const rows = (p, entity) => p.page.locator(`[data-test="table-${entity}"] .el-table__body tr`);
const heads = async (p, entity) => (await p.page.locator(`[data-test="table-${entity}"] th .cell`).allInnerTexts()).map((x) => x.trim()).filter(Boolean);

test('columns and order stand in the address of a kept view, and open as they were for somebody else', async () => {
    await office.go('/rectifications?state=done');
    await rows(office, 'rectifications').first().waitFor();
    await office.at('columns').click();
    await office.page.locator('.el-checkbox', { hasText: '整改措施' }).count(); // long texts are no columns
    await office.page.locator('.el-checkbox', { hasText: '销号日期' }).first().click();
    await office.page.locator('[data-test="table-rectifications"] th', { hasText: '反馈问题' }).click();
    await office.page.waitForURL(/sort=title/);
    await office.at('keep-view').click();
    await office.page.locator('.el-message-box input').fill('已销号，按题目');
    await office.page.locator('.el-message-box .el-button--primary').click();
    await office.page.waitForURL(/fields=/);
    assert.equal(address(office).get('state'), 'done');
    const shown = await heads(office, 'rectifications');
    await office.go('/rectifications');
    await office.at('views').locator('.view', { hasText: '已销号，按题目' }).click();
    await office.page.waitForURL(/sort=title/);
    const second = await city.person('discipline');
    await second.go(new URL(office.page.url()).pathname + new URL(office.page.url()).search);
    await rows(second, 'rectifications').first().waitFor();
    assert.deepEqual(await heads(second, 'rectifications'), shown);
    const titles = await rows(second, 'rectifications').locator('a').allInnerTexts();
    assert.ok(titles.length > 3);
    await second.page.context().close();
});

test('a file holds what the screen shows', async () => {
    await office.go('/findings?severity=serious&fields=title,severity&sort=title');
    await rows(office, 'findings').first().waitFor();
    const total = await office.total();
    const [file] = await Promise.all([office.page.waitForEvent('download'), office.at('export-csv').click()]);
    assert.match(file.suggestedFilename(), /^反馈问题-\d{4}-\d\d-\d\d\.csv$|^问题-\d{4}-\d\d-\d\d\.csv$/);
    const lines = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
    assert.equal(lines.length - 1, total);
    assert.equal(lines[0].replace('\ufeff', '').split(',').length, 3);
    assert.ok(lines.slice(1).every((l) => l.endsWith('较重')), lines[1]);
    const [book] = await Promise.all([office.page.waitForEvent('download'), office.at('export-xlsx').click()]);
    assert.match(book.suggestedFilename(), /\.xlsx$/);
    assert.equal(readFileSync(await book.path()).subarray(0, 2).toString(), 'PK');
});

test('one move on many: what cannot be done says why, the others are done', async () => {
    await unit.go('/rectifications');
    await rows(unit, 'rectifications').first().waitFor();
    await unit.page.locator('[data-test="table-rectifications"] thead .el-checkbox').click();
    await unit.at('batch').click();
    await unit.at('batch-apply').click();
    const dialog = unit.page.locator('.el-dialog:visible');
    await unit.save(dialog);
    await unit.at('batch-result').waitFor();
    const answers = await dialog.locator('.lines tbody td:nth-child(2)').allInnerTexts();
    assert.ok(answers.length > 1 && answers.every((a) => a.trim() && a !== '—'), answers.join('|'));
    assert.ok(answers.some((a) => a.includes('未作改动')), 'what was struck off stays as it is, and says so');
});

test('an extension is asked for and granted on the card of the item', async () => {
    await unit.go('/rectifications?state=ongoing');
    await rows(unit, 'rectifications').first().locator('a').first().click();
    await unit.at('adjustments').waitFor();
    const card = unit.page.url();
    await unit.at('make-adjustments').click();
    const dialog = unit.page.locator('.el-dialog:visible');
    await unit.fill({ kind: { choice: '延期' }, cause: { choice: '项目结算' }, reason: '决算审计尚未出具。', due_on: '2022-04-30' }, dialog);
    await unit.save(dialog);
    await unit.shows('adjustments', '待审批');
    await office.page.goto(card);
    await office.at('adjustments').waitFor();
    await office.move('grant', { opinion: '同意延期。' });
    await office.shows('adjustments', '已批准');
    assert.match(await office.page.locator('section.card').first().innerText(), /2022-04-30/);
});

test('a letter goes out, is received and answered', async () => {
    await office.go('/letters');
    await office.at('make-letters').click();
    const dialog = office.page.locator('.el-dialog:visible');
    const name = await unit.page.evaluate(async () => (await (await fetch('/api/v1/units')).json()).items[0].name);
    await office.fill({ organiser: { choice: '示例市' }, kind: { choice: '督办函' }, body: { choice: '巡察办' }, maker: '示例市委巡察办', number: '示巡督〔2021〕9号', unit: { choice: name }, subject: '关于报送整改进展的函', demand: '请于11月15日前报送。' }, dialog);
    await office.save(dialog);
    await office.page.waitForURL(/letters\/./);
    await office.move('issue');
    await unit.page.goto(office.page.url());
    await unit.move('receive', { received_by: '办公室主任' });
    await unit.move('reply', { reply: '已完成三项，其余按计划推进。' });
    await office.page.reload();
    await office.move('close', { opinion: '同意办结。' });
    assert.deepEqual([...office.troubles, ...unit.troubles], []);
});

test('a unit that ends: what it touches is told before', async () => {
    await office.go('/units');
    await rows(office, 'units').first().locator('a').first().click();
    await office.at('abolish').click();
    await office.shows('impact', '未销号事项');
    const dialog = office.page.locator('.el-dialog:visible');
    await office.fill({ reason: '机构改革方案' }, dialog);
    await office.save(dialog);
    await office.page.locator('.el-message', { hasText: '合并' }).or(office.page.locator('.el-message', { hasText: '调整' })).or(office.page.locator('.el-message', { hasText: '巡察' })).first().waitFor();
});
