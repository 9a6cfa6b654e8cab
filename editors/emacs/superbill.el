;;; superbill.el --- Charge files: modes and a language server -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "27.1"))
;; Keywords: languages, tools

;;; Commentary:

;; Modes for X12 837 claim files, HL7 v2 messages and charge tables, and the Superbill language server in them, by Eglot or by
;; lsp-mode.  Put this file on your `load-path' and write into your init file
;;
;;     (require 'superbill)
;;     (superbill-setup)               ; or (superbill-setup 'lsp-mode)
;;
;; In a note, a YAML or a JSON file, `M-x superbill-start' starts it for that buffer; to have it there always, add the mode to
;; `superbill-modes' before `superbill-setup'.

;;; Code:

(defgroup superbill nil
  "Charge files and the Superbill language server."
  :group 'tools
  :prefix "superbill-")

(defcustom superbill-command '("superbill" "serve")
  "The program of the server and its arguments."
  :type '(repeat string))

(defcustom superbill-settings '(:payer "")
  "Settings of the client, as a property list, for example (:payer \"medicaid\").
An empty payer is none: the one of superbill.yaml or of the file holds."
  :type 'plist)

(defcustom superbill-modes
  '(superbill-x12-mode superbill-hl7-mode superbill-table-mode csv-mode tsv-mode)
  "The major modes in which the server is started."
  :type '(repeat symbol))

(defvar superbill--client 'eglot
  "The client that `superbill-setup' chose: `eglot' or `lsp-mode'.")

;;;; Modes

(defvar superbill-x12-font-lock-keywords
  '(("\\(?:^\\|[~]\\)[ \t]*\\([A-Z][A-Z0-9]\\{1,2\\}\\)[^[:alnum:] \n]" 1 font-lock-keyword-face)
    ("[*~:^]" 0 font-lock-comment-face))
  "Segment names and separators of an interchange.")

(defvar superbill-hl7-font-lock-keywords
  '(("^\\([A-Z][A-Z0-9]\\{2\\}\\)[^[:alnum:] \n]" 1 font-lock-keyword-face)
    ("[|^~&]" 0 font-lock-comment-face))
  "Segment names and separators of a message.")

;;;###autoload
(define-derived-mode superbill-x12-mode text-mode "X12"
  "Claim files: interchanges of X12 837."
  (setq-local font-lock-defaults '(superbill-x12-font-lock-keywords t))
  (setq-local truncate-lines t))

;;;###autoload
(define-derived-mode superbill-hl7-mode text-mode "HL7"
  "Messages of HL7 version 2."
  (setq-local font-lock-defaults '(superbill-hl7-font-lock-keywords t))
  (setq-local truncate-lines t))

;;;###autoload
(define-derived-mode superbill-table-mode text-mode "Table"
  "Charge tables, where no `csv-mode' is installed."
  (setq-local truncate-lines t))

(put 'superbill-x12-mode 'eglot-language-id "x12")
(put 'superbill-hl7-mode 'eglot-language-id "hl7")
(put 'superbill-table-mode 'eglot-language-id "csv")

;;;###autoload
(progn
  ;; By their first segment, whatever the file is called: ISA and two separators alike around two characters; MSH, FHS or BHS
  ;; with its separator and at least three more.
  (add-to-list 'magic-mode-alist '("ISA\\([^[:alnum:][:space:]]\\)[[:alnum:]][[:alnum:]]\\1" . superbill-x12-mode))
  (add-to-list 'magic-mode-alist '("\v?\\(?:MSH\\|FHS\\|BHS\\)[^[:alnum:][:space:]]\\{4\\}" . superbill-hl7-mode))
  (add-to-list 'auto-mode-alist '("\\.\\(?:837[ip]?\\|x12\\|edi\\)\\'" . superbill-x12-mode))
  (add-to-list 'auto-mode-alist '("\\.\\(?:hl7\\|dft\\)\\'" . superbill-hl7-mode))
  ;; at the end: an installed csv-mode goes before
  (add-to-list 'auto-mode-alist '("\\.\\(?:csv\\|tsv\\|psv\\)\\'" . superbill-table-mode) t))

;;;; Clients

(defun superbill--options ()
  "What the server is told when it starts."
  (list :superbill superbill-settings))

(defun superbill--contact (&rest _)
  "How Eglot starts the server."
  (append superbill-command (list :initializationOptions (superbill--options))))

(defvar eglot-server-programs)

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons superbill-modes #'superbill--contact)))

(declare-function lsp-register-client "ext:lsp-mode")
(declare-function make-lsp-client "ext:lsp-mode")
(declare-function lsp-stdio-connection "ext:lsp-mode")
(declare-function lsp-configuration-section "ext:lsp-mode")
(defvar lsp-language-id-configuration)

(with-eval-after-load 'lsp-mode
  (dolist (pair '((superbill-x12-mode . "x12") (superbill-hl7-mode . "hl7") (superbill-table-mode . "csv")
                  (csv-mode . "csv") (tsv-mode . "tsv")))
    (add-to-list 'lsp-language-id-configuration pair))
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () superbill-command))
    :activation-fn (lambda (_file mode) (and (memq mode superbill-modes) t))
    :add-on? t                          ; beside the server that a note's or a YAML file's mode has already
    :initialization-options #'superbill--options
    :server-id 'superbill)))

(declare-function eglot-ensure "ext:eglot")
(declare-function lsp-deferred "ext:lsp-mode")
(declare-function lsp "ext:lsp-mode")

(defun superbill--start-hook ()
  "Start the server for this buffer, once its mode is set up.
Buffers without a file are left alone: cards, source blocks, revisions in a comparison."
  (when buffer-file-name
    (if (eq superbill--client 'lsp-mode) (lsp-deferred) (eglot-ensure))))

;;;###autoload
(defun superbill-setup (&optional client)
  "Start the server in the buffers of `superbill-modes'.
CLIENT is `eglot', which is the default, or `lsp-mode'."
  (setq superbill--client (or client 'eglot))
  (dolist (mode superbill-modes)
    (add-hook (intern (format "%s-hook" mode)) #'superbill--start-hook)))

;;;###autoload
(defun superbill-start ()
  "Start the server for this buffer, whatever its mode."
  (interactive)
  (cond
   ((eq superbill--client 'lsp-mode)
    (setq-local superbill-modes (cons major-mode superbill-modes))
    (lsp))
   (t
    (require 'eglot)
    (setq-local eglot-server-programs (cons (cons major-mode #'superbill--contact) eglot-server-programs))
    (call-interactively #'eglot))))

(provide 'superbill)
;;; superbill.el ends here
