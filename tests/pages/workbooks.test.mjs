// A workbook on the pages: issued from an inspection, taken out, filled in with LibreOffice, brought back as a plan,
// declined with a reason, then entered and found on the item.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { filledInCalc } from '../api/libreoffice.mjs';
import { openCity, unitPerson } from './lib.mjs';

let city, office;
before(async () => {
    city = await openCity();
    office = await city.person('office');
});
after(() => city.close());

async function fileOf(button) {
    const [download] = await Promise.all([office.page.waitForEvent('download'), office.at(button).click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
async function bringBack(bytes) {
    await office.at('workbook-return').setInputFiles({ name: '交回.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: bytes });
    await office.at('import-plan').waitFor({ timeout: 30000 });
}

test('issued, taken out, brought back, declined, entered', async () => {
    await office.go('/inspections');
    await office.page.locator('[data-test="table-inspections"] .el-table__body tr', { hasText: '示例市财政局党组' }).first().locator('a').first().click();
    await office.page.getByRole('tab', { name: /^整改（/ }).click();
    await office.at('issue-workbook').click();
    await office.fill({ due_on: '2021-11-30', demand: '请据实填写，附佐证材料。' }, office.page.locator('.el-dialog:visible'));
    await office.shot('issue');
    await office.page.locator('.el-dialog:visible [data-test="save"]').click();
    await office.shows('state', '已派发');
    assert.match((await fileOf('workbook-locked')).name, /整改工作簿-示例市财政局党组-[0-9a-f]{8}（加密）\.zip/);
    await office.at('workbook-passphrase').click();
    assert.match(await office.at('passphrase').innerText(), /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    await office.shot('workbook');
    const form = (await fileOf('workbook-xlsx')).bytes;
    const page = office.page.url();
    const filled = filledInCalc(form, () => ({ 责任人: '示例科长', 本期进展: '已清退第一批，\n余款分期收回。', '追缴清退金额（元）': 5600.5, 建章立制数: 1 }));

    await bringBack(filled);
    const plan = await office.at('import-plan').innerText();
    for (const word of ['责任人', '示例科长', '本期进展', '5,600.50', '建章立制数']) assert.ok(plan.includes(word), `${word} in ${plan}`);
    await office.shot('plan');
    await office.page.locator('[data-test^="decline-"]').first().click();
    await office.at('decline-reason').waitFor();
    await office.at('import-run').click();
    await office.page.getByText('须写明原因').first().waitFor();
    await office.page.keyboard.press('Escape');
    await office.page.locator('[data-test="decline-reason"]').fill('进展与佐证材料不符，请核实。');
    await office.at('import-run').click();
    await office.at('import-refused').waitFor({ timeout: 30000 });
    assert.match(await office.at('import-refused').innerText(), /进展与佐证材料不符/);
    await office.shot('declined');

    await office.page.goto(page);
    await office.shows('state', '已交回');
    await bringBack(filled);
    await office.at('import-run').click();
    await office.at('import-undo').waitFor({ timeout: 30000 });
    assert.match(await office.at('import-counts').innerText(), /更新\s*1/);
    await office.at('import-workbook').click();
    await office.shows('state', '已录入');
    await office.page.locator('[data-test="table-imports"] .el-table__body tr').nth(1).waitFor();
    await office.shot('entered');
    assert.deepEqual(office.troubles, []);
});

test('a body that cooperates gets its tasks', async () => {
    await office.go('/inspections');
    await office.page.locator('[data-test="table-inspections"] .el-table__body tr', { hasText: '示例市财政局党组' }).first().locator('a').first().click();
    await office.page.getByRole('tab', { name: /^整改（/ }).click();
    const inspection = office.page.url();
    await office.page.locator('[data-test="table-rectifications"] .el-table__body tr', { hasText: '整改中' }).first().locator('a').first().click();
    await office.at('make-shares').click();
    await office.fill({ unit: { choice: '示例市教育局党委' }, part: { choice: '配合单位' }, content: '核对专户余额，提供对账单。' }, office.page.locator('.el-dialog:visible'));
    await office.save(office.page.locator('.el-dialog:visible'));
    await office.at('shares').getByText('核对专户余额').waitFor();
    await office.page.goto(inspection);
    await office.page.getByRole('tab', { name: /^整改（/ }).click();
    await office.at('issue-workbook').click();
    await office.fill({ body: { choice: '示例市教育局党委' } }, office.page.locator('.el-dialog:visible'));
    await office.shot('issue-body');
    await office.page.locator('.el-dialog:visible [data-test="save"]').click();
    await office.shows('title', '整改分工工作簿：示例市教育局党委');
    const { name, bytes } = await fileOf('workbook-xlsx');
    assert.match(name, /^整改分工工作簿-示例市教育局党委-/);
    await bringBack(filledInCalc(bytes, () => ({ 完成情况: '余额一致。', 完成日期: '2021-10-30' })));
    await office.shot('plan-body');
    await office.at('import-run').click();
    await office.at('import-workbook').click();
    await office.shows('state', '已录入');
    assert.deepEqual(office.troubles, []);
});

test('on its page a body that cooperates finds its task and says what it did, no more', async () => {
    const body = await unitPerson(city, 'jy.lianluo', '示例市教育局党委');
    await body.go('/shares');
    await body.page.locator('[data-test="table-shares"] .el-table__body tr', { hasText: '核对专户余额' }).first().locator('a').first().click();
    await body.at('edit').click();
    await body.at('field-result').waitFor();
    assert.equal(await body.page.locator('[data-test^="field-"]').count(), 2, 'its result and its day');
    await body.fill({ result: '余额一致，对账单已移交。', done_on: '2021-10-31' });
    await body.shot('share-of-body');
    await body.save();
    await body.page.getByText('余额一致，对账单已移交。').waitFor();
    assert.deepEqual(body.troubles, []);
});
