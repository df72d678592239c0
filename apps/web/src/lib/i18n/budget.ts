import type { BudgetWords } from './fr-budget.ts';
import type { Lang } from './lang.ts';

/** Words of what a meeting takes of a data plan: needed where it is estimated, and where it is looked at. */
export async function loadBudgetWords(lang: Lang): Promise<BudgetWords> {
  return lang === 'en'
    ? (await import('./en-budget.ts')).enBudget
    : (await import('./fr-budget.ts')).frBudget;
}
