// A section of a dashboard, as the server tells it, and the chart that it becomes.
import type { EChartsCoreOption } from 'echarts/core';
import { state } from '../api/client';
import { t } from '../i18n';

export interface Mark {
    series: string;
    value: number;
    list: string | null;
}
export interface Item {
    name: string;
    label: string;
    list: string | null;
    marks: Mark[];
}
export interface BoardFigure {
    id: string;
    name: string;
    definition: string;
    value: number | null;
    unit: string;
    numerator: number;
    denominator: number | null;
    numerator_list: string;
    denominator_list?: string;
    entered_later: number;
}
export interface Section {
    name: string;
    kind: 'figures' | 'heat' | 'stack' | 'bars' | 'numbers';
    title: string;
    words?: string;
    next?: string | null;
    series?: { name: string; label: string }[];
    items?: Item[];
    figures?: BoardFigure[];
}

// States keep one colour everywhere; years and themes go from light to dark.
const STATES: Record<string, string> = {
    pending: '#b0b7c3', ongoing: '#f0a73c', applied: '#5b8ff9', done: '#3f9d63', basic: '#9fd3a8', long_term: '#6d8fc9', rebound: '#d9534f', revoked: '#d9dce1',
    draft: '#b0b7c3', issued: '#f0a73c', received: '#5b8ff9', replied: '#9fd3a8', closed: '#3f9d63',
};
const SHADES = ['#f3c6c0', '#e39c92', '#cf7266', '#b34b40', '#8e2a22', '#6a1a15', '#c9a66b', '#8a7a5c'];
export const colourOf = (series: string, at: number): string => STATES[series] ?? SHADES[at % SHADES.length]!;

export const valueAt = (item: Item, series: string): Mark | undefined => item.marks.find((m) => m.series === series);
const used = (section: Section): { name: string; label: string }[] =>
    (section.series ?? []).filter((s) => (section.items ?? []).some((i) => valueAt(i, s.name)));

const short = (label: string, most: number): string => (label.length > most ? label.slice(0, most - 1) + '…' : label);

function stack(section: Section, dark: boolean): EChartsCoreOption {
    const items = section.items ?? [];
    const series = used(section);
    const labels = { type: 'category', data: items.map((i) => i.label), axisLabel: { color: dark ? '#dfe3ea' : '#333', interval: 0, formatter: (l: string) => short(l, state.lang === 'en' ? 26 : 14) }, inverse: true };
    const values = { type: 'value', minInterval: 1, axisLabel: { color: dark ? '#aab2bf' : '#666' }, splitLine: { lineStyle: { color: dark ? '#33404f' : '#e6e8ec' } } };
    return {
        grid: { left: 20, right: 18, top: series.length > 1 ? 34 : 12, bottom: 6, containLabel: true },
        legend: series.length > 1 ? { top: 0, textStyle: { color: dark ? '#dfe3ea' : '#333' } } : undefined,
        tooltip: { trigger: 'item', appendTo: 'body' },
        xAxis: values,
        yAxis: labels,
        series: series.map((s, at) => ({
            name: s.label, type: 'bar', stack: 'all', barMaxWidth: 26, color: section.kind === 'bars' ? (dark ? '#e0715f' : '#b34b40') : colourOf(s.name, at), cursor: 'pointer',
            data: items.map((i) => ({ value: valueAt(i, s.name)?.value ?? 0, list: valueAt(i, s.name)?.list ?? null })),
        })),
    };
}

function heat(section: Section, dark: boolean): EChartsCoreOption {
    const items = section.items ?? [];
    const series = section.series ?? [];
    const data = items.flatMap((item, y) => item.marks.map((m) => ({ value: [series.findIndex((s) => s.name === m.series), y, m.value], list: m.list, label: { color: m.value > 1 ? '#fff' : '#222' } })));
    const ink = dark ? '#dfe3ea' : '#333';
    return {
        grid: { left: 8, right: 8, top: 24, bottom: 4, containLabel: true },
        tooltip: { appendTo: 'body', formatter: (p: { value: [number, number, number] }) => `${items[p.value[1]]?.label} · ${series[p.value[0]]?.label}：${p.value[2]} ${t('次', '')}` },
        xAxis: { type: 'category', position: 'top', data: series.map((s) => s.label), axisLabel: { color: ink }, splitArea: { show: true } },
        yAxis: { type: 'category', inverse: true, data: items.map((i) => i.label), axisLabel: { color: ink, interval: 0, fontSize: 11, formatter: (l: string) => short(l, 16) }, splitArea: { show: true } },
        visualMap: { show: false, min: 0, max: 3, inRange: { color: ['#f6e3df', '#cf7266', '#8e2a22'] } },
        series: [{ type: 'heatmap', data, label: { show: true, color: '#222' }, cursor: 'pointer', itemStyle: { borderColor: dark ? '#17202b' : '#fff', borderWidth: 1 } }],
    };
}

export const chartOf = (section: Section, dark: boolean): EChartsCoreOption => (section.kind === 'heat' ? heat(section, dark) : stack(section, dark));
export const heightOf = (section: Section): number => {
    const rows = section.items?.length ?? 0;
    if (section.kind === 'heat') return 40 + rows * 19;
    return section.name === 'states' ? 130 : Math.min(360, Math.max(220, 60 + rows * 26));
};
