// Official papers on the pages: drafted from a record, issued under a number, kept as a file, verified by their code;
// templates of the office's own; everything that goes out for one inspection.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { docx } from '../api/docx.mjs';
import { openCity } from './lib.mjs';

let city, office;
before(async () => {
    city = await openCity();
    office = await city.person('office');
});
after(() => city.close());

const dialog = (person) => person.page.locator('.el-dialog:visible').last();
// What a button gives: the name of the file and its bytes.
async function fileOf(person, button) {
    const [download] = await Promise.all([person.page.waitForEvent('download'), person.at(button).click()]);
    return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}
function isPacked(file, name) {
    assert.match(file.name, name);
    assert.equal(file.bytes.subarray(0, 2).toString(), 'PK');
}
async function openInspection(person) {
    await person.go('/inspections');
    await person.page.locator('[data-test="table-inspections"] .el-table__body tr', { hasText: '示例市财政局党组' }).first().locator('a').first().click();
    await person.at('documents').click();
    await person.at('document-menu').waitFor();
}
// A PDF comes where the server makes PDFs; where it does not, the button is off and the page says what is lacking.
async function previews(person, button) {
    if ((await person.at('why-no-pdf').count()) > 0) {
        assert.match(await person.at('why-no-pdf').last().innerText(), /不能生成 PDF：.{4,}/);
        assert.ok(await person.at(button).isDisabled());
        return;
    }
    const [tab] = await Promise.all([person.page.context().waitForEvent('page'), person.at(button).click()]);
    await tab.waitForURL(/^blob:/, { timeout: 90000 });
    await tab.close();
}

test('a plan: it and each of its three lists is a paper', async () => {
    const filing = await office.page.evaluate(async () => {
        const get = async (path) => (await fetch(`/api/v1/${path}`)).json();
        const { csrf } = await get('session');
        const [inspection] = (await get('inspections?state=fed_back&limit=1')).items;
        const made = await fetch('/api/v1/filings', { method: 'POST', headers: { 'content-type': 'application/json', 'x-csrf-token': csrf }, body: JSON.stringify({ inspection: inspection.id, kind: 'plan', text: '逐项明确责任人和时限。' }) });
        if (made.status !== 201) throw new Error(await made.text());
        return made.json();
    });
    await office.go(`/filings/${filing.id}`);
    await office.at('documents').click();
    await office.at('document-menu').waitFor();
    const kinds = await office.at('document-menu').locator('tbody tr').evaluateAll((rows) => rows.map((r) => r.dataset.test));
    assert.deepEqual(kinds, ['document-rectification_plan', 'document-plan_problem_list', 'document-plan_task_list', 'document-plan_duty_list']);
    isPacked(await fileOf(office, 'print-plan_task_list-docx'), /^整改任务清单.*\.docx$/);
    await office.shot('plan-papers');
    await office.at('draft-plan_duty_list').click();
    assert.equal(await office.page.locator('[data-test="field-title"] input').last().inputValue(), `${filing.unit_name}巡察整改责任清单`);
    await office.page.keyboard.press('Escape');
});

test('an inspection: its kinds, a preview, a Word file, everything that goes out', async () => {
    await openInspection(office);
    const kinds = await office.at('document-menu').locator('tbody tr').evaluateAll((rows) => rows.map((r) => r.dataset.test));
    assert.deepEqual(kinds, ['document-notice', 'document-announcement', 'document-problem_list', 'document-rectification_list', 'document-outgoing']);
    await previews(office, 'print-notice-pdf');
    isPacked(await fileOf(office, 'print-notice-docx'), /^巡察通知.*\.docx$/);
    const all = await fileOf(office, 'outgoing-docx');
    isPacked(all, /财政局党组外发文书\.zip$/);
    for (const part of ['巡察通知', '巡察公告', '问题清单', '整改台账', '目录.txt']) assert.ok(all.bytes.includes(Buffer.from(part)), part);
    assert.deepEqual(office.troubles, []);
});

test('a server that makes no PDF says why; one that is busy is asked again', async () => {
    const { page } = office;
    await page.route('**/api/v1/document_kinds', async (route) => {
        const answer = await (await route.fetch()).json();
        await route.fulfill({ json: { ...answer, pdf: false, why_no_pdf: '没有安装 LibreOffice' } });
    });
    await openInspection(office);
    await office.shows('why-no-pdf', '不能生成 PDF：没有安装 LibreOffice');
    for (const button of ['print-notice-pdf', 'outgoing-pdf']) assert.ok(await office.at(button).isDisabled());
    let asked = 0;
    await page.route('**/api/v1/print?**', (route) => (asked++ ? route.continue() : route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, json: { detail: '正在生成另一批PDF' } })));
    isPacked(await fileOf(office, 'print-notice-docx'), /\.docx$/);
    assert.equal(asked, 2);
    await page.unrouteAll();
    assert.deepEqual(office.troubles, []);
});

test('drafted, edited, issued, kept, verified; then read by the unit', async () => {
    await openInspection(office);
    await office.at('draft-notice').click();
    const form = dialog(office);
    const value = (name) => form.locator(`[data-test="field-${name}"] input`).inputValue();
    assert.equal(await value('title'), '关于对示例市财政局党组开展巡察的通知');
    assert.equal(await value('addressee'), '示例市财政局党组');
    assert.match(await value('maker'), /示例市/);
    assert.match(await value('dated_on'), /^20\d\d-\d\d-\d\d$/);
    await office.save(form);
    await office.page.waitForURL(/documents\/./);
    await office.shows('state', '拟稿');
    await office.shows('number', '印发时编号');
    isPacked(await fileOf(office, 'file-docx'), /\.docx$/);

    await office.at('edit').click();
    await office.fill({ series: '示巡通', signer: '王示例' });
    await office.save();
    await office.shows('value-signer', '王示例');
    await office.move('issue');
    await office.shows('state', '已印发');
    assert.match(await office.at('number').innerText(), /^示巡通〔20\d\d〕1号$/);
    assert.equal(await office.at('edit').count(), 0);
    isPacked(await fileOf(office, 'file-docx'), /财政局.*\.docx$/);
    await previews(office, 'file-pdf');
    assert.match(await office.at('source').innerText(), /示例市财政局党组/);
    const code = await office.at('code').innerText();
    const path = new URL(office.page.url()).pathname;

    await office.page.locator('nav.menu a', { hasText: '核验公文' }).click();
    await office.at('verify-code').fill(code.replaceAll('-', '').toLowerCase());
    await office.at('verify-run').click();
    await office.shows('verified-title', '关于对示例市财政局党组开展巡察的通知');
    await office.shows('verify-intact', '留存的文件完好');
    await office.shows('verify-records', '记录没有变化');

    const unit = await city.person('unit');
    await unit.go('/documents');
    await unit.at('table-documents').getByText('示巡通〔').waitFor();
    await unit.go(path);
    await unit.shows('state', '已印发');
    assert.equal(await unit.at('do-void').count(), 0);
    isPacked(await fileOf(unit, 'file-docx'), /\.docx$/);
    assert.deepEqual([...office.troubles, ...unit.troubles], []);
    await unit.page.context().close();
});

test('a letter that was changed after its paper went out: both wordings; voided with a reason', async () => {
    await office.go('/letters');
    await office.at('make-letters').click();
    await office.fill({ organiser: { choice: '示例市' }, kind: { choice: '督办函' }, body: { choice: '巡察办' }, maker: '示例市委巡察办', number: '示巡督〔2021〕9号', unit: { choice: '示例市财政局党组' }, subject: '关于报送整改进展的函', demand: '请于11月15日前报送整改进展。', due_on: '2021-11-15' }, dialog(office));
    await office.page.keyboard.press('Tab');
    await office.save(dialog(office));
    await office.page.waitForURL(/letters\/./);
    const letter = new URL(office.page.url()).pathname;
    await office.at('documents').click();
    await office.at('draft-letter').click();
    await dialog(office).getByText('记录已有文号“示巡督〔2021〕9号”').waitFor();
    await office.save(dialog(office));
    await office.page.waitForURL(/documents\/./);
    const paper = new URL(office.page.url()).pathname;
    await office.move('issue');
    await office.shows('number', '示巡督〔2021〕9号');

    await office.go(letter);
    await office.at('edit').click();
    await office.fill({ demand: '请于11月30日前报送整改进展。' });
    await office.save();
    await office.shows('value-demand', '11月30日');
    await office.go(paper);
    await office.at('verify').click();
    await office.shows('verify-intact', '留存的文件完好');
    await office.shows('verify-records', '印发后记录有变化');
    const lines = office.at('verify-lines');
    assert.match((await lines.locator('.then').allInnerTexts()).join('\n'), /11月15日前/);
    assert.match((await lines.locator('.now').allInnerTexts()).join('\n'), /11月30日前/);

    await office.go(paper);
    await office.at('do-void').click();
    await office.save(dialog(office));
    await dialog(office).locator('.wrong').or(office.page.locator('.el-message')).first().waitFor();
    await office.fill({ reason: '要求有误，另行印发。' }, dialog(office));
    await office.save(dialog(office));
    await office.shows('state', '已作废');
    await office.at('verify').click();
    await office.shows('verify-void', '要求有误');
    await office.at('verify-code').fill('2222-2222');
    await office.at('verify-run').click();
    await office.page.locator('.el-message', { hasText: '不是校验码' }).waitFor();
    assert.deepEqual(office.troubles, []);
});

test('the file of an inspection: its catalogue, a check, where a paper lies, a loan, the folder', async () => {
    await office.go('/inspections');
    await office.page.locator('[data-test="table-inspections"] .el-table__body tr', { hasText: '示例市财政局党组' }).first().locator('a').first().click();
    await office.page.getByRole('tab', { name: '案卷' }).click();
    await office.at('dossier-catalogue').click();
    const first = office.page.locator('[data-test="table-dossier_items"] .el-table__body tr').first();
    await first.waitFor();
    await office.at('dossier-check').click();
    await office.shows('dossier-result', '有变化0件，缺失0件，损坏0件');
    isPacked(await fileOf(office, 'dossier-export'), /财政局党组案卷\.zip$/);
    await first.locator('a').first().click();
    await office.at('edit').click();
    await office.fill({ paper: { choice: '有纸质件' }, pages: '3', place: '2柜3层' });
    await office.save();
    await office.shows('value-place', '2柜3层');
    await office.at('ask-loan').click();
    await office.fill({ borrower: '甲', purpose: '核对整改情况', due_on: '2021-11-30' }, dialog(office));
    await office.page.keyboard.press('Tab');
    await office.save(dialog(office));
    await office.page.waitForURL(/dossier_loans\/./);
    await office.shows('value-state', '待审批');
    assert.deepEqual(office.troubles, []);
});

test('chosen rows of a list are printed as one folder', async () => {
    await office.go('/rectifications?state=done');
    const boxes = office.page.locator('[data-test="table-rectifications"] tbody .el-checkbox');
    await boxes.first().waitFor();
    await boxes.nth(0).click();
    await boxes.nth(1).click();
    await office.at('documents').click();
    await office.at('document-strike_off').waitFor();
    assert.equal(await office.at('draft-strike_off').count(), 0);
    const folder = await fileOf(office, 'print-strike_off-docx');
    isPacked(folder, /^对账销号单（2份）\.zip$/);
    assert.deepEqual(office.troubles, []);
});

test('papers of no record: a statistics form, the report', async () => {
    for (const [path, kind] of [['/statistics/ZG-01', 'statistic'], ['/report', 'report']]) {
        await office.go(path);
        await office.at('documents').click();
        await office.at('document-' + kind).waitFor();
        isPacked(await fileOf(office, `print-${kind}-docx`), /\.docx$/);
    }
    await office.at('draft-report').click();
    await office.save(dialog(office));
    await office.page.waitForURL(/documents\/./);
    await office.shows('source', '五年巡察工作报告');
    assert.deepEqual(office.troubles, []);
});

test('a template: its names, every mistake in a table, then one that is used', async () => {
    await office.page.locator('nav.menu a', { hasText: '文书模板' }).click();
    await office.at('templates-notice').getByText('使用中').waitFor();
    await office.choose(office.at('template-names'), '反馈意见');
    await office.at('template-names').getByText('{{#问题}} … {{/问题}}').waitFor();
    assert.ok((await office.at('name-depth-1').count()) > 5, 'the names of a row are indented');
    await office.at('names-guide').click();
    await office.at('names-rules').getByText('{{名称|格式}}').waitFor();

    const shipped = await fileOf(office, 'template-get-notice');
    isPacked(shipped, /^模板-巡察通知.*\.docx$/);
    await office.at('template-new').click();
    await office.fill({ kind: { choice: '巡察通知' }, title: '本市巡察通知' }, dialog(office));
    await office.at('template-file').setInputFiles({ name: '通知.docx', mimeType: 'application/octet-stream', buffer: docx(['{{没有的名称}}', '{{成文日期|大写}}', '{{标题']) });
    await office.save(dialog(office));
    const mistakes = office.at('template-mistakes');
    await mistakes.waitFor();
    assert.deepEqual(await mistakes.locator('th').allInnerTexts(), ['位置', '占位符', '问题', '办法']);
    const rows = await mistakes.locator('tbody tr').allInnerTexts();
    assert.ok(rows.length >= 3, rows.join('\n'));
    assert.match(rows.join('\n'), /没有的名称/);
    assert.match(rows.join('\n'), /日期的格式有/);
    assert.match(rows.join('\n'), /没有 }}/);

    await office.at('template-file').setInputFiles({ name: '通知.docx', mimeType: 'application/octet-stream', buffer: shipped.bytes });
    await office.save(dialog(office));
    const mine = office.at('templates-notice').locator('[data-test="template-own"]');
    await mine.getByText('待启用').waitFor();
    await office.move('enforce');
    await mine.getByText('使用中').waitFor();
    await office.at('templates-notice').getByText('由下列模板代替').waitFor();
    await office.move('retire');
    await mine.getByText('已停用').waitFor();
    assert.deepEqual(office.troubles, []);
});

test('who looks is written over every page and catches no click; an administrator has no papers', async () => {
    const mark = office.at('watermark');
    assert.match(await mark.getAttribute('data-words'), /^\S+ 20\d\d-\d\d-\d\d \d\d:\d\d$/);
    assert.ok((await mark.getAttribute('data-words')).startsWith(await office.at('name').innerText()));
    assert.equal(await mark.evaluate((e) => getComputedStyle(e).pointerEvents), 'none');
    await office.page.emulateMedia({ media: 'print' });
    assert.ok(await mark.isVisible());
    await office.page.emulateMedia({ media: 'screen' });
    const admin = await city.person('sysadmin');
    assert.ok(await admin.at('watermark').isVisible());
    for (const text of ['公文', '文书模板']) assert.equal(await admin.page.locator('nav.menu a', { hasText: text }).count(), 0);
});

test('a seal is kept, and waits for somebody else', async () => {
    await office.go('/templates');
    await office.at('seal-new').click();
    const form = dialog(office);
    await form.locator('[data-test="seal-file"]').setInputFiles({ name: '印章.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64') });
    await office.save(form);
    const row = office.at('seal').first();
    await row.waitFor();
    assert.match(await row.innerText(), /印章[\s\S]*42 × 42[\s\S]*待启用[\s\S]*顾示衡/);
    await row.getByRole('button', { name: '核对后启用' }).click();
    const confirm = office.page.locator('.el-dialog:visible, .el-message-box:visible').last();
    await confirm.locator('[data-test="save"], .el-button--primary').last().click();
    await office.page.getByText('请由另一人核对实物后启用').first().waitFor();
    assert.deepEqual(office.troubles, []);
});
