// The pictures of docs/guide.zh-CN.md. GUIDE=1 takes them anew into docs/pictures; without it the same walk asserts that
// each screen, and the words that the guide uses for its buttons, are still there. A picture is of one part of the page.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { editedInWriter, filledInCalc } from '../api/libreoffice.mjs';
import { openCity } from './lib.mjs';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));
const pictures = docs + 'pictures/';
const guide = readFileSync(docs + 'guide.zh-CN.md', 'utf8');
const linked = [...guide.matchAll(/!\[([^\]]+)\]\(pictures\/([\w-]+\.png)\)/g)].map(([, caption, file]) => ({ caption, file }));
const taking = !!process.env.GUIDE;
const KILOBYTES = 150;
const taken = [];

let city, office, unit;
before(async () => {
    city = await openCity();
    office = await city.person('office');
    unit = await city.person('unit');
});
after(() => city.close());

// One screen: what must be seen on it, and its picture: of the parts named, from the first to the last of them, `high` at most.
async function screen(person, name, { seen = [], parts = [], high = 1200, frame = false }) {
    const { page } = person;
    await page.waitForLoadState('networkidle');
    for (const text of seen) await page.getByText(text).filter({ visible: true }).first().waitFor({ timeout: 10000 });
    for (const part of parts) await part.waitFor({ timeout: 10000 });
    taken.push(name + '.png');
    if (!taking) return;
    mkdirSync(pictures, { recursive: true });
    const path = pictures + name + '.png';
    await page.addStyleTag({ content: '.watermark, .el-message { display: none !important } * { transition: none !important; caret-color: transparent !important }' });
    await page.evaluate(() => window.scrollTo(0, 0));
    await page.waitForTimeout(400);
    const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
    const left = frame ? 0 : Math.min(...boxes.map((b) => b.x)), top = frame ? 0 : Math.min(...boxes.map((b) => b.y));
    const width = frame ? 1366 : Math.max(...boxes.map((b) => b.x + b.width)) - left, height = Math.max(...boxes.map((b) => b.y + b.height)) - top;
    await page.screenshot({ path, fullPage: true, clip: { x: left, y: top, width, height: Math.min(height, high) } });
}
const cards = (person) => person.page.locator('main section.card');
const firstRow = (person, entity) => person.page.locator(`[data-test="table-${entity}"] .el-table__body tr`).first();
async function openFirst(person, entity, text) {
    const row = text ? person.page.locator(`[data-test="table-${entity}"] .el-table__body tr`, { hasText: text }).first() : firstRow(person, entity);
    await row.waitFor();
    await row.locator('a').first().click();
}
const sheet = (name, rows) => ({ name, mimeType: 'text/csv', buffer: Buffer.from('\ufeff' + rows.map((r) => r.join(',')).join('\r\n') + '\r\n') });

test('home, unit, round', async () => {
    await office.go('/');
    await screen(office, 'home', { seen: ['我的待办', '今日摘要', '最近已办', '转办', '全部功能', '今天 2021-10-31'], parts: [office.at('tasks'), office.at('digest'), office.page.locator('nav.menu')], frame: true, high: 560 });

    await office.go('/search?q=' + encodeURIComponent('党组 资金'));
    await screen(office, 'search', { seen: ['检索结果', '整改措施', /共 \d+ 条/], parts: [office.at('find'), cards(office).nth(0), cards(office).nth(1)], frame: true, high: 430 });

    await office.go('/units');
    await openFirst(office, 'units', '示例市财政局党组');
    await firstRow(office, 'inspections').waitFor();
    await screen(office, 'unit', { seen: ['变更名称、负责人等', '并入', '撤销', '沿革', '历次巡察', '尚未销号的整改事项'], parts: [cards(office).nth(0), cards(office).nth(2)] });

    await office.go('/rounds');
    await openFirst(office, 'rounds', '第八轮');
    await firstRow(office, 'focuses').or(office.at('focuses')).first().waitFor();
    await firstRow(office, 'inspections').waitFor();
    await screen(office, 'round', {
        seen: ['修改', '组建巡察组', '增加组员', '授权任职及任务分工的决定', '拟定决定', '安排巡察对象', '重点监督内容', '增加一项'],
        parts: [cards(office).nth(0), office.at('focuses')],
    });
    // What the guide says of a past round that has no last day yet: it is given one here.
    await office.go('/rounds');
    await openFirst(office, 'rounds', '第六轮');
    await office.at('edit').click();
    await office.fill({ ends_on: '2020-12-31' });
    await office.page.keyboard.press('Tab');
    await office.save(cards(office).nth(0));
    await office.shows('value-ends_on', '2020-12-31');
    await office.shows('value-taxonomy', '四个落实');
});

test('a paper with its signatures, an inspection with its feedback', async () => {
    const head = await city.person('head');
    await head.go('/papers');
    await openFirst(head, 'papers');
    await head.at('signatures').locator('.el-table__body tr').nth(3).waitFor();
    await screen(head, 'paper', { seen: ['定性', '来源与过程', '责任', '证据材料与附件', '签署记录'], parts: [cards(head).nth(0), head.at('signatures')] });
    await head.page.context().close();

    await office.go('/inspections');
    await openFirst(office, 'inspections', '示例市财政局党组');
    await office.page.getByRole('tab', { name: '反馈' }).click();
    await office.shows('feedback-state', '已签收');
    await screen(office, 'inspection', { seen: ['问题底稿', '整改', '签收人'], parts: [cards(office).nth(0), cards(office).nth(1)] });
});

test('an item, what is asked for it', async () => {
    await unit.go('/rectifications?state=ongoing');
    await openFirst(unit, 'rectifications');
    await unit.at('attachments').waitFor();
    await screen(unit, 'item', { seen: ['反馈问题', '单位说明', '填写整改', '申请销号', '整改进展与督办意见', '提出申请'], parts: [cards(unit).nth(0), unit.at('adjustments')] });
    await unit.at('make-adjustments').click();
    const dialog = unit.page.locator('.el-dialog:visible');
    await unit.fill({ kind: { choice: '延期' }, cause: { choice: '项目结算' }, reason: '决算审计尚未出具。', due_on: '2022-04-30' }, dialog);
    await unit.page.keyboard.press('Tab');
    await screen(unit, 'adjustment', { parts: [dialog] });
    await unit.save(dialog);
    await unit.shows('adjustments', '待审批');
    await unit.at('make-objections').click();
    await unit.fill({ wish: { choice: '修改问题表述' }, grounds: '涉及金额应为十二万元，凭证附后。', asked_on: '2020-09-10' }, dialog);
    await unit.save(dialog);
    await unit.shows('state', '异议处理中');
    await screen(unit, 'objection', { seen: ['停止计时', '修改问题表述', '待处理', '撤回'], parts: [unit.at('objections')] });
    await unit.at('objections').locator('[data-test="do-withdraw"]').click();
    await unit.fill({ reason: '已与巡察组核对' }, dialog);
    await unit.save(dialog);
    await unit.shows('state', '整改中');
});

test('a list: columns, views, files', async () => {
    await office.go('/rectifications?state=ongoing');
    await firstRow(office, 'rectifications').waitFor();
    await office.at('columns').click();
    await screen(office, 'list', { seen: ['列设置', '保存视图', '导出Excel', '导出CSV', '打印本页'], parts: [cards(office).nth(0), cards(office).nth(1)], high: 480 });
    await office.page.locator('[data-test="table-rectifications"] tbody .el-checkbox').first().click();
    await office.at('batch').waitFor();
});

test('an import: the file, what is refused, what came of it', async () => {
    await office.go('/units');
    await office.at('import').click();
    await office.page.waitForURL(/imports\/new\?as=units/);
    await screen(office, 'import-new', { seen: ['下载导入模板', '更新已有记录', '上传并核对'], parts: [cards(office).nth(0)] });
    await office.at('import-file').setInputFiles(sheet('巡察对象.csv', [['单位代码', '党组织名称', '类别', '层级', '纳入全覆盖基数'], ['SZ801', '示例市实验小学党支部', '事业单位', '市级', '是'], ['SZ802', '示例市幼儿园党支部', '学校', '市级', '是'], ['SZ803', '示例市图书馆党支部', '事业单位', '市级', '是'], ['SZ804', '示例市少年宫党支部', '事业单位', '市属', '是']]));
    await office.at('import-begin').click();
    await office.shows('import-state', '待导入');
    await office.shows('import-refused', 'C3');
    await screen(office, 'import-checked', { seen: ['可新增', '未通过', '只导入这些行', '重新核对', '下载这些行和原因'], parts: [cards(office).nth(0), cards(office).nth(1)] });
    await office.at('import-run').click();
    await office.shows('import-state', '已导入');
    await screen(office, 'import-done', { seen: ['打开导入的记录', '撤销这次导入'], parts: [cards(office).nth(0)] });
});

test('letters, figures, audit', async () => {
    await office.go('/letters');
    await office.at('make-letters').click();
    const dialog = office.page.locator('.el-dialog:visible');
    await office.fill({ organiser: { choice: '示例市' }, kind: { choice: '督办函' }, body: { choice: '巡察办' }, maker: '示例市委巡察办', number: '示巡督〔2021〕9号', unit: { choice: '示例市财政局党组' }, subject: '关于报送整改进展的函', demand: '请于11月15日前报送整改进展。', due_on: '2021-11-15' }, dialog);
    await office.page.keyboard.press('Tab');
    await office.save(dialog);
    await office.page.waitForURL(/letters\/./);
    await office.move('issue');
    await unit.go(new URL(office.page.url()).pathname);
    await unit.move('receive', { received_by: '办公室主任' });
    await unit.move('reply', { reply: '已完成三项，其余按计划推进。' });
    await office.page.reload();
    await screen(office, 'letter', { seen: ['函件', '办结', '退回', '签收人', '回复内容'], parts: [cards(office).nth(0)] });
    await office.go('/figures');
    await office.at('figure-rectification_rate').waitFor();
    await screen(office, 'figures', { seen: ['口径', '截止日期'], parts: [cards(office).nth(0)], high: 520 });
    await office.go('/statistics/ZG-01');
    await office.at('checks').waitFor();
    await screen(office, 'statistics', { seen: ['导出Excel', '打印', '各轮反馈之和等于合计'], parts: [cards(office).nth(0)], high: 640 });
    await office.go('/figures?as_of=2021-04-15');
    await office.at('freeze').click();
    const frozen = office.page.locator('.el-dialog:visible');
    await office.fill({ organiser: { choice: '示例市' }, title: '上年度总结所用数据', chosen: 'rectification_rate,findings_rectified,findings_fed_back' }, frozen);
    await office.save(frozen);
    await office.page.waitForURL(/figure_sets\/./);
    await office.at('step').first().waitFor();
    await screen(office, 'figure-set', { seen: ['复算', '对照', '只看有变化的', '签发发布', '作废'], parts: [cards(office).last()], high: 560 });
    await office.go('/report');
    await office.at('report-rectification_rate').first().waitFor();
    await screen(office, 'report', { seen: ['〔未建账〕', '统计截止'], parts: [office.at('report')], high: 760 });
    await office.go('/dashboard');
    await office.at('section-progress').locator('svg').waitFor();
    await screen(office, 'dashboard', { seen: ['看数据', '大屏', '五年报告', '已销号'], parts: [office.at('headline'), office.at('section-progress'), office.at('section-age')], high: 640 });
    await office.go('/check');
    await office.at('check-text').fill('市委巡察机构组织开展回访督查，推动前六轮巡察反馈的1842个问题办结1761个，办结率达95.81%，比上年同期提高2.3个百分点。\n本轮巡察发现问题283个，其中第一轮186个、第二轮97个；移交线索45条：东片12条、西片9条、南片15条、北片7条。');
    await office.at('check-run').click();
    await screen(office, 'check', { seen: ['数字核对', '选择文件', '清空', '不一致 2 处', '无法判定 1 处', '规则：'], parts: [cards(office).nth(0), cards(office).nth(1)] });
    const auditor = await city.person('auditor');
    await auditor.go('/audit');
    await auditor.at('table-audit').locator('.el-table__body tr').nth(10).waitFor();
    await screen(auditor, 'audit', { seen: ['安全审计', '操作', '更早', '登记单位', '已办理'], parts: [cards(auditor).nth(0)], high: 480 });
    assert.deepEqual([...office.troubles, ...unit.troubles, ...auditor.troubles], []);
});

test('papers, templates, the file of an inspection', async () => {
    await office.go('/inspections');
    await openFirst(office, 'inspections', '示例市财政局党组');
    await office.at('documents').click();
    await office.at('document-menu').waitFor();
    await screen(office, 'document-menu', { seen: ['预览', '下载 Word', '拟制公文', '全套外发文书'], parts: [office.page.locator('.el-dialog:visible')], high: 560 });
    const [download] = await Promise.all([office.page.waitForEvent('download'), office.at('document-rectification_list').locator('button', { hasText: 'Word' }).click()]);
    const changed = editedInWriter(readFileSync(await download.path()), (xml) => xml.replaceAll('>办公室<', '>办公室、财务科<'));
    await office.page.keyboard.press('Escape');
    await office.page.getByRole('tab', { name: '案卷' }).click();
    await office.at('dossier-catalogue').click();
    await firstRow(office, 'dossier_items').waitFor();
    await office.at('dossier-check').click();
    await office.at('dossier-result').waitFor();
    await screen(office, 'dossier', { seen: ['补充目录', '核对案卷', '导出案卷', /共\d+件，一致\d+件/], parts: [office.at('dossier')], high: 560 });
    await office.go('/templates');
    await screen(office, 'templates', { seen: ['文书模板', '巡察通知'], parts: [cards(office).nth(0)], high: 640 });
    await office.go('/verify');
    await office.at('verify-code').waitFor();
    await unit.go('/returned');
    await unit.at('returned-file').setInputFiles({ name: '整改台账（带回）.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: changed });
    await unit.at('returned-plan').waitFor();
    await screen(unit, 'returned', { seen: ['读回文书', '系统中现在', '文档中', '现在不能修改', '录入所选'], parts: [cards(unit).nth(0), cards(unit).nth(1)], high: 620 });
    assert.deepEqual(office.troubles, []);
});

test('a workbook for a unit off the network', async () => {
    await office.go('/inspections');
    await openFirst(office, 'inspections', '示例市财政局党组');
    await office.page.getByRole('tab', { name: /^整改（/ }).click();
    await office.at('issue-workbook').click();
    const dialog = office.page.locator('.el-dialog:visible');
    await office.fill({ due_on: '2021-11-30', demand: '请据实填写，附佐证材料。' }, dialog);
    await office.save(dialog);
    await office.shows('state', '已派发');
    await screen(office, 'workbook', { seen: ['下载加密的压缩包', '查看口令', '上传交回的文件', '交回记录'], parts: [cards(office).nth(0), cards(office).nth(1)] });
    const [download] = await Promise.all([office.page.waitForEvent('download'), office.at('workbook-xlsx').click()]);
    const filled = filledInCalc(readFileSync(await download.path()), () => ({ 责任人: '示例科长', 本期进展: '已清退第一批，余款分期收回。', '追缴清退金额（元）': 5600.5, 建章立制数: 1 }));
    await office.at('workbook-return').setInputFiles({ name: '交回.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: filled });
    await office.at('import-plan').waitFor({ timeout: 30000 });
    await screen(office, 'workbook-plan', { seen: ['将要更新的内容', '现在', '将改为', '退回', '录入'], parts: [cards(office).nth(0), cards(office).nth(1)] });
    assert.deepEqual(office.troubles, []);
});

test('a recheck', async () => {
    await office.go('/rechecks');
    await office.at('make-rechecks').click();
    const form = () => office.page.locator('.el-dialog:visible').last();
    await office.fill({ title: '上半年销号事项抽查', strata: { choice: '按轮次' }, size: 6, seed: '2021-10-31' }, form());
    await office.save(form());
    await office.at('recheck-items').waitFor();
    for (let n = 0; n < 6; n++) {
        await office.at('record').nth(n).click();
        await office.fill(n === 2 ? { result: { choice: '不属实' }, found: '现场查看，制度没有执行。' } : { result: { choice: /^属实$/ } }, form());
        await office.save(form());
        await form().waitFor({ state: 'hidden' });
    }
    await screen(office, 'recheck', { seen: ['推算', '95%置信区间', '抽签种子', '修改结论', '办结'], parts: [cards(office).nth(0), cards(office).nth(2)], high: 900 });
    assert.deepEqual(office.troubles, []);
});

test('a filing before its bodies', async () => {
    await unit.go('/rectifications?state=ongoing');
    await openFirst(unit, 'rectifications');
    await unit.page.waitForURL(/\/rectifications\/\w+/);
    const place = await unit.page.locator('main a[href^="/inspections/"]').first().getAttribute('href');
    const open = [new URL(unit.page.url()).pathname];
    for (const item of open) {
        await unit.go(item);
        await unit.at('edit').click();
        await unit.fill({ measures: '逐项核对，12月10日前完成。', target: '账实相符。', leader: '示书记', department: '办公室', handler: '示经办', proof: '核对表' });
        await unit.save();
        await unit.at('edit').waitFor();
    }
    await unit.go(place);
    await unit.page.getByRole('tab', { name: '整改材料' }).click();
    await unit.at('make-filings').click();
    const form = unit.page.locator('.el-dialog:visible');
    await unit.fill({ kind: { choice: '整改方案' } }, form);
    await unit.save(form);
    await unit.page.waitForURL(/\/filings\/\w+/);
    await unit.at('edit').click();
    await unit.fill({ text: '对照反馈意见逐项制定措施，明确责任人和时限。', pledge: '本人对方案的真实性和整改落实负责。', pledged_by: '示书记', pledged_on: '2021-10-29' });
    await unit.save();
    await unit.move('submit');
    await unit.shows('state', '会审中');
    await office.go(new URL(unit.page.url()).pathname);
    await office.at('reviews').locator('tr', { hasText: '市委巡察办' }).locator('[data-test="do-give"]').click();
    const opinion = office.page.locator('.el-dialog:visible');
    await office.fill({ verdict: { choice: '建议修改' }, opinion: '第一项措施没有完成日期。', missing: '分阶段计划' }, opinion);
    await office.save(opinion);
    await opinion.waitFor({ state: 'hidden' });
    await screen(office, 'filing', { seen: ['会审中', '建议修改', '问题清单、任务清单、责任清单', '主要负责人承诺'], parts: [cards(office).nth(0), cards(office).nth(2)], high: 900 });
    assert.deepEqual([...office.troubles, ...unit.troubles], []);
});

test('the guide and its pictures agree', () => {
    assert.ok(linked.every((p) => /[一-鿿]/.test(p.caption)), 'each has a caption');
    assert.deepEqual([...new Set(linked.map((p) => p.file))].sort(), [...taken].sort(), 'the guide shows what is walked, each once');
    assert.deepEqual(existsSync(pictures) ? readdirSync(pictures).sort() : [], [...taken].sort());
    for (const file of taken) assert.ok(statSync(pictures + file).size < KILOBYTES * 1024, `${file} is ${(statSync(pictures + file).size / 1024).toFixed(0)} KB`);
});
