namespace CognitiveTools.Loop;

/// <summary>How the model is asked to write tool calls. Whatever the style, every known form is understood.</summary>
public enum CallStyle
{
    /// <summary>
    /// The client's own function calls: it shows the tools to the model and hands calls over apart from the text.
    /// </summary>
    Native,

    /// <summary><c>&lt;call&gt;{"tool":"name","args":{...}}&lt;/call&gt;</c>; grammar-constrained where the client can.</summary>
    Json,

    /// <summary>Python text as in the paper: <c>print(name({'argument': '...'}))</c>.</summary>
    Python,
}
