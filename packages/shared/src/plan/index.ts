export * from './commercePlan.ts';
export * from './definePlan.ts';
export * from './describePlan.ts';
