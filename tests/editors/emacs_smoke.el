;;; emacs_smoke.el --- What a coder does in Emacs -*- lexical-binding: t; -*-

;; Run by emacs.sh.  WORK is the folder with the examples, TITLE what 76380 is called, CLIENT eglot or lsp-mode.

;;; Code:

(require 'ert)
(require 'flymake)
(require 'seq)

(defconst smoke-work (file-name-as-directory (getenv "WORK")))
(defconst smoke-title (getenv "TITLE"))
(defconst smoke-eglot (equal (getenv "CLIENT") "eglot"))

(require (if smoke-eglot 'eglot 'lsp-mode))
(setq create-lockfiles nil
      make-backup-files nil)
(with-no-warnings
  (if smoke-eglot
      (setq eglot-sync-connect 30)
    (setq lsp-auto-guess-root t lsp-enable-file-watchers nil lsp-restart 'ignore lsp-enable-snippet nil
          lsp-diagnostics-provider :flymake lsp-headerline-breadcrumb-enable nil lsp-warn-no-matched-clients t)))
;; the folder is a project of its own, as with a superbill.yaml or a .git in it
(setq project-find-functions (list (lambda (_) (cons 'transient smoke-work))))

(defun smoke-wait (test)
  "Wait until TEST returns something, and return that."
  (let ((end (+ (float-time) 60)) value)
    (while (and (not (setq value (funcall test))) (< (float-time) end))
      (accept-process-output nil 0.05))
    value))

(defun smoke-idle ()
  "What Emacs does when nobody types; in a batch that never comes by itself."
  (let ((inhibit-message t))
    (mapc (lambda (timer) (ignore-errors (timer-event-handler timer))) (copy-sequence timer-idle-list))))

(defun smoke-connected ()
  "Whether the server is ready for this buffer."
  (with-no-warnings
    (if smoke-eglot
        (eglot-managed-p)
      (and (lsp-workspaces) (eq 'initialized (lsp--workspace-status (car (lsp-workspaces))))))))

(defun smoke-open (name &optional start)
  "Visit the file NAME and wait for the server; START is called in its buffer."
  (unless smoke-eglot (with-no-warnings (lsp-workspace-folders-add smoke-work)))
  (find-file (expand-file-name name smoke-work))
  (when start (funcall start))
  ;; both clients start when the buffer is first shown, after the command
  (let ((inhibit-message t))
    (run-hooks 'post-command-hook)
    (smoke-idle)
    (should (smoke-wait #'smoke-connected))))

(defun smoke-find (text)
  "Put point before TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun smoke-line ()
  "The line of point."
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun smoke-findings (rule)
  "What Flymake shows that names RULE."
  (seq-filter (lambda (text) (string-match-p (regexp-quote rule) text))
              (mapcar #'flymake-diagnostic-text (flymake-diagnostics))))

(defun smoke-hover ()
  "The card at point, as the client shows it, in one line."
  (with-no-warnings
    (replace-regexp-in-string
     "[ \n]+" " "
     (if smoke-eglot
         (let (text)
           (eglot-hover-eldoc-function (lambda (string &rest _) (setq text string)))
           (or (smoke-wait (lambda () text)) ""))
       (let ((inhibit-message t))
         (lsp-describe-thing-at-point)
         (prog1 (with-current-buffer "*lsp-help*" (buffer-string))
           (kill-buffer "*lsp-help*")))))))

(defun smoke-act (title)
  "Choose the action TITLE at point, as from the client's menu."
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt choices &rest _)
               (or (car (member title (all-completions "" choices)))
                   (error "Not offered: %s in %S" title (all-completions "" choices)))))
            (last-nonmenu-event 'none))
    (call-interactively (if smoke-eglot 'eglot-code-actions 'lsp-execute-code-action))))

(defun smoke-servers ()
  "The processes of servers that run."
  (seq-filter (lambda (each) (and (process-live-p each) (string-match-p "superbill" (process-name each)))) (process-list)))

(defun smoke-close ()
  "Let go of the buffer, which stays: answers to it may still be under way."
  (set-buffer-modified-p nil))

(ert-deftest superbill-1-table ()
  "Findings, card, completion and a fix in a charge table."
  (smoke-open "charges.csv")
  (should (eq major-mode 'superbill-table-mode))
  (flymake-start)
  (should (smoke-wait (lambda () (smoke-findings "76380-50"))))
  (should (smoke-wait (lambda () (smoke-findings "76377 with 71275"))))
  (should-not (smoke-findings "\"tc\""))          ; off by `superbill-settings'
  (smoke-find "76380,50")
  (should (string-match-p (regexp-quote smoke-title) (smoke-hover)))
  (smoke-find "76380,,")
  (forward-char 6)
  (let* ((found (run-hook-with-args-until-success 'completion-at-point-functions))
         (offered (mapcar #'substring-no-properties (all-completions "" (nth 2 found)))))
    (should (seq-find (lambda (label) (string-match-p "\\`26\\b" label)) offered)))
  (smoke-find "76380,50")
  (forward-char 6)
  (smoke-act "Remove modifier 50")
  (should (smoke-wait (lambda () (smoke-find "A1004") (string-match-p "76380,,,1,11" (smoke-line)))))
  (smoke-idle)
  (should (smoke-wait (lambda () (flymake-start) (not (smoke-findings "76380-50")))))
  (smoke-close))

(ert-deftest superbill-2-files ()
  "Claim files and messages, by ending and by content."
  (dolist (pair '(("claims.837" . superbill-x12-mode) ("charges.hl7" . superbill-hl7-mode)
                  ("x12-batch.txt" . superbill-x12-mode) ("hl7-batch" . superbill-hl7-mode)))
    (smoke-open (car pair))
    (should (eq major-mode (cdr pair)))
    (smoke-find "76380")
    (should (string-match-p (regexp-quote smoke-title) (smoke-hover)))
    (smoke-close)))

(ert-deftest superbill-3-start ()
  "A note, where the server is asked for."
  (smoke-open "ct-draft.md" #'superbill-start)
  (smoke-find "74177")
  (should (string-match-p "74177" (smoke-hover)))
  (smoke-close))

(ert-deftest superbill-4-scratch ()
  "A buffer without a file, such as a block of a note or an old revision, gets no server."
  (let ((before (smoke-servers)))
    (with-temp-buffer
      (let (asked)
        (cl-letf (((symbol-function 'eglot-ensure) (lambda () (setq asked t)))
                  ((symbol-function 'lsp-deferred) (lambda () (setq asked t))))
          (superbill-table-mode))
        (should-not asked)))
    (should (equal (smoke-servers) before))))

(ert-deftest superbill-5-ends ()
  "No server stays."
  (with-no-warnings
    (if smoke-eglot
        (eglot-shutdown-all)
      (mapc #'lsp-workspace-shutdown (delete-dups (copy-sequence (lsp--session-workspaces (lsp-session)))))))
  (should (smoke-wait (lambda () (not (smoke-servers))))))
;;; emacs_smoke.el ends here
