using System.Diagnostics;

namespace CognitiveTools.Cli.Completion;

/// <summary>The scripts, one per shell. File names are completed where the command line has nothing to propose.</summary>
internal static class CompletionScript
{
    private const string Bash = """
        # cogtools: completion for bash. Try it:   source <(cogtools completion bash)
        # Keep it:   cogtools completion bash > ~/.local/share/bash-completion/completions/cogtools
        _cogtools() {
            local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" proposals
            proposals=$(cogtools "[suggest:${#line}]" "$line" 2>/dev/null)
            COMPREPLY=()
            while IFS= read -r proposal; do
                [[ -n "$proposal" && "$proposal" == "$word"* ]] && COMPREPLY+=("$proposal")
            done <<< "$proposals"
        }
        complete -o default -F _cogtools cogtools
        """;

    private const string Zsh = """
        #compdef cogtools
        # cogtools: completion for zsh. Try it:   source <(cogtools completion zsh)
        # Keep it:   cogtools completion zsh > a folder of $fpath, as the file _cogtools
        _cogtools() {
            local line="${(j: :)words[1,CURRENT]}"
            local -a proposals
            proposals=("${(@f)$(cogtools "[suggest:${#line}]" "$line" 2>/dev/null)}")
            compadd -- ${proposals:#} || _files
        }
        compdef _cogtools cogtools
        """;

    private const string PowerShell = """
        # cogtools: completion for PowerShell. Try it:   cogtools completion pwsh | Out-String | Invoke-Expression
        # Keep it: add that line to the file $PROFILE
        Register-ArgumentCompleter -Native -CommandName cogtools -ScriptBlock {
            param($word, $line, $position)
            $text = $line.ToString().PadRight($position)
            cogtools "[suggest:$position]" "$text" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }
        """;

    /// <summary>The script of one of the shells that <see cref="CompletionCommand"/> admits.</summary>
    public static string For(string shell) => shell switch
    {
        "bash" => Bash,
        "zsh" => Zsh,
        "pwsh" => PowerShell,
        _ => throw new UnreachableException(shell),
    };
}
