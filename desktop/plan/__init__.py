"""From answers and a region's rules to a support plan: pure, no input or output.

Parts: `region` reads a workbook, `law` has terms and deadlines, `model` the plan, `derive` makes one from answers.
Imported by `documents`, `services` and what stands above them.
"""
