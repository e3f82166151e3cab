"""XPath 1.0 with the ODK XForms functions: text, syntax tree, typed closures.

The package knows XML trees and expressions and nothing about forms. A form gives it a `Scope`, which may resolve
paths before the generic evaluation does.
"""
