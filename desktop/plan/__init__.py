"""From answers and a region's rules to a support plan: pure, but for `region`, which reads the workbook.

Parts: `region` reads a workbook, `law` has terms and deadlines, `model` the plan, `derive` makes one from answers.
May import `records`, `forms`, `i18n` and `kernel`; imported by `documents`, `services` and what stands above them.
"""
