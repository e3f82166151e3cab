"""XPath 1.0 with the ODK XForms functions: text, syntax tree, typed closures.

It knows XML trees and expressions and nothing about forms: a form gives it a `Scope`, which may resolve paths before
the generic evaluation does. May import `errors` only; imported by every part of `forms` above it.
"""
