namespace CognitiveTools.Loop;

/// <summary>The format in which the prompt asks for tool calls. Every known format is read in any style.</summary>
internal enum CallStyle
{
    /// <summary>
    /// The client's function calls: the client shows the tools to the model and returns calls separately from the text.
    /// </summary>
    Native,

    /// <summary><c>&lt;call&gt;{"tool":"name","args":{...}}&lt;/call&gt;</c>; grammar-constrained where the client can.</summary>
    Json,

    /// <summary>Python text as in the paper: <c>print(name({'argument': '...'}))</c>.</summary>
    Python,
}
