// The office puts a file in: chosen, checked, refused rows told with their remedy, entered, opened, taken back; and a past
// round from the list that an office keeps itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openCity } from './lib.mjs';

let city, office;
before(async () => {
    city = await openCity();
    office = await city.person('office');
});
after(() => city.close());
const file = (name, rows) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('\ufeff' + rows.map((r) => r.join(',')).join('\r\n') + '\r\n') });

test('units: checked, entered, opened, taken back', async () => {
    await office.go('/units');
    await office.at('import').click();
    await office.page.waitForURL(/imports\/new\?as=units/);
    const [template] = await Promise.all([office.page.waitForEvent('download'), office.at('template').click()]);
    assert.match(template.suggestedFilename(), /模板.*\.xlsx$/);
    await office.at('import-file').setInputFiles(file('单位.csv', [['单位代码', '党组织名称', '类别', '层级', '纳入全覆盖基数'], ['SZ801', '示例市实验小学党支部', '事业单位', '市级', '是'], ['SZ802', '示例市幼儿园党支部', '学校', '市级', '是']]));
    await office.at('import-begin').click();
    await office.shows('import-state', '待导入');
    await office.shows('import-refused', 'C3');
    assert.match(await office.at('import-refused').innerText(), /学校[\s\S]*不在可选范围之内[\s\S]*事业单位/);
    assert.match((await office.at('import-counts').innerText()).replace(/\s+/g, ''), /可新增1.*未通过1/);
    await office.at('import-run').click();
    await office.shows('import-state', '已导入');
    const [refused] = await Promise.all([office.page.waitForEvent('download'), office.at('import-failures').click()]);
    assert.match(refused.suggestedFilename(), /未通过/);
    await office.at('import-records').click();
    await office.page.locator('[data-test="table-units"]', { hasText: '示例市实验小学党支部' }).waitFor();
    await office.page.goBack();
    await office.at('import-undo').click();
    await office.page.locator('.el-message-box input').fill('名称写错');
    await office.page.locator('.el-message-box .el-button--primary').click();
    await office.shows('import-state', '已撤销');
    await office.go('/units?code=SZ801');
    await office.page.locator('[data-test="table-units"]').waitFor();
    assert.equal(await office.page.locator('[data-test="table-units"] .el-table__body tr').count(), 0);
    assert.deepEqual(office.troubles, []);
});

test('units: entered at once, without a look first', async () => {
    await office.go('/imports/new?as=units');
    await office.at('import-file').setInputFiles(file('单位.csv', [['单位代码', '党组织名称', '类别', '层级', '上级党组织', '纳入全覆盖基数'], ['SZ812', '示例市第二小学党支部', '事业单位', '市级', '示例市第一小学党总支', '是'], ['SZ811', '示例市第一小学党总支', '事业单位', '市级', '', '是'], ['SZ813', '示例市第三小学党支部', '学校', '市级', '', '是']]));
    await office.at('import-direct').click();
    await office.shows('import-state', '已导入');
    assert.match((await office.at('import-counts').innerText()).replace(/\s+/g, ''), /数据行3新增2.*未通过1/);
    await office.shows('import-refused', 'C4');
});

test('a past round from a list of the office', async () => {
    await office.go('/imports');
    await office.at('import').click();
    await office.page.locator('.guide .el-select').nth(1).click();
    await office.page.locator('.el-select-dropdown:visible .el-select-dropdown__item', { hasText: '第六轮' }).click();
    await office.at('create-units').click();
    await office.at('import-file').setInputFiles(file('整改台账.csv', [['示例市委整改台账', '', '', ''], ['被巡察单位', '问题描述', '整改情况', '整改状态'], ['示例市财政局党组', '公章使用登记不全', '已补登', '已完成'], ['示例市旧车站管理处党支部', '账目移交不全', '', '']]));
    await office.at('import-begin').click();
    await office.shows('import-state', '待导入');
    await office.at('import-run').click();
    await office.shows('import-state', '已导入');
    await office.at('import-records').click();
    await office.page.locator('[data-test="table-findings"]', { hasText: '公章使用登记不全' }).waitFor();
    assert.deepEqual(office.troubles, []);
});

test('a file that cannot be read says why', async () => {
    await office.go('/imports/new?as=people');
    await office.at('import-file').setInputFiles({ name: '人员.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from('x') });
    await office.at('import-begin').click();
    await office.shows('import-state', '无法读取');
    assert.ok((await office.at('import-fault').innerText()).length > 6);
});
