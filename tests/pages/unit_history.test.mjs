// The office enters what will hold from a later day, sees that it is planned, and takes an entry back.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city, office;
before(async () => {
    city = await openCity();
    office = await city.person('office');
});
after(() => city.close());

test('a planned change of the supervision office, a name nobody knows, a take-back', async () => {
    const { page } = office;
    await office.go('/units?code=SZ001');
    await page.locator('[data-test="table-units"] .el-table__body a').first().click();
    await office.at('title').waitFor();
    const before = await page.locator('.card').first().innerText();
    await office.at('change').click();
    const form = page.locator('.el-dialog:visible');
    await office.fill({ fact: { choice: '监督检查室' }, value: '第三监督检察室', valid_from: '2031-01-01', reason: '分工调整' }, form);
    await office.save(form);
    const asked = page.locator('.el-message-box', { hasText: '还没有单位由“第三监督检察室”监督' });
    await asked.getByText('返回修改').click();
    await office.fill({ value: '第九监督检查室' }, form);
    await office.save(form);
    await page.locator('.el-message-box', { hasText: '第九监督检查室' }).getByText('是新名称').click();
    await office.shows('planned', '2031-01-01起，监督检查室改为“第九监督检查室”');
    assert.equal(await page.locator('.card').first().innerText(), before, 'the register tells what holds today');
    await office.shot('unit-planned');

    await page.locator('tr', { hasText: '第九监督检查室' }).locator('[data-test="take-back"]').click();
    await page.locator('.el-message-box input').fill('分工不调整了');
    await page.locator('.el-message-box .el-button--primary').click();
    await page.locator('tr', { hasText: '分工不调整了' }).waitFor();
    assert.equal(await office.at('planned').count(), 0);
    assert.equal(await page.locator('tr', { hasText: '分工不调整了' }).locator('[data-test="take-back"]').count(), 0);
});
