namespace CognitiveTools.Tests.Loop;

/// <summary>
/// Calls in the syntax that models of other families were trained on, and
/// texts that only look like them; expected as in <see cref="CallCorpus"/>.
/// </summary>
internal static class ForeignCallCorpus
{
    private const string Answer = """examine_answer {"current_proposed_answer":"12"}""";
    private const string Json = """{"current_proposed_answer": "12"}""";
    private const string Named = """{"name": "examine_answer", "arguments": {"current_proposed_answer": "12"}}""";

    public static IReadOnlyDictionary<string, (string Text, string Expected)> Cases { get; } = new Dictionary<string,
        (string, string)>(StringComparer.Ordinal)
    {
        // Markup
        ["qwen coder"] = (
            "<tool_call>\n<function=examine_answer>\n<parameter=current_proposed_answer>\n12\n</parameter>\n</function>\n</tool_call>",
            Answer),
        ["qwen coder without its outer tag"] = (
            "I check.\n<function=examine_answer>\n<parameter=current_proposed_answer>\n12\n</parameter>\n</function>", Answer),
        ["qwen coder with lines in a value"] = (
            "<tool_call>\n<function=backtracking>\n<parameter=reasoning_trace>\n1. a\n2. b\n</parameter>\n</function>\n</tool_call>",
            """backtracking {"reasoning_trace":"1. a\n2. b"}"""),
        ["qwen coder with a closing tag inside a value"] = (
            "<function=backtracking><parameter=reasoning_trace>write </parameter> and <b>x</b></parameter></function>",
            """backtracking {"reasoning_trace":"write </parameter> and <b>x</b>"}"""),
        ["qwen coder, two arguments"] = (
            "<function=examine_answer><parameter=current_reasoning>r</parameter><parameter=current_proposed_answer>12</parameter>"
                + "</function>",
            """examine_answer {"current_reasoning":"r","current_proposed_answer":"12"}"""),
        ["qwen coder without arguments"] = ("<tool_call>\n<function=understand_question>\n</function>\n</tool_call>",
            "understand_question {}"),
        ["qwen coder whose end a stop took"] = (
            "<tool_call>\n<function=examine_answer>\n<parameter=current_proposed_answer>\n12\n</parameter>\n", Answer),
        ["qwen coder, an unknown tool"] = ("<function=calculator><parameter=x>1+1</parameter></function>", """calculator {"x":"1+1"}"""),
        ["qwen coder, prose for arguments"] = ("<tool_call><function=examine_answer>please look</function></tool_call>",
            "broken: an argument or </function> was expected"),
        ["llama 3.1"] = ($"<function=examine_answer>{Json}</function>", Answer),
        ["llama 3.1, two calls"] = ($"<function=examine_answer>{Json}</function><function=backtracking>{{}}</function>", Answer),
        ["llama 3.1, unreadable json"] = ("<function=examine_answer>{\"current_proposed_answer\": x}</function>",
            "broken: the call of examine_answer cannot be read: 'x' is a name"),
        ["invoke"] = (
            "<function_calls>\n<invoke name=\"examine_answer\">\n<parameter "
                + "name=\"current_proposed_answer\">12</parameter>\n</invoke>\n</function_calls>", Answer),
        ["minimax"] = (
            "<minimax:tool_call>\n<invoke name=\"examine_answer\">\n<parameter "
            + "name=\"current_proposed_answer\">12</parameter>\n</invoke>\n</minimax:tool_call>", Answer),
        ["deepseek 3.2"] = (
            "<｜DSML｜function_calls>\n<｜DSML｜invoke name=\"examine_answer\">\n<｜DSML｜parameter name=\"current_proposed_answer\" "
                + "string=\"true\">12</｜DSML｜parameter>\n</｜DSML｜invoke>\n</｜DSML｜function_calls>",
            Answer),
        ["seed"] = (
            "<seed:tool_call><function=examine_answer><parameter=current_proposed_answer>12</parameter></function></seed:tool_call>",
            Answer),
        ["glm"] = (
            "<tool_call>examine_answer\n<arg_key>current_proposed_answer</arg_key>\n<arg_value>12</arg_value>\n</tool_call>", Answer),
        ["glm, two arguments"] = (
            "<tool_call>examine_answer\n<arg_key>current_reasoning</arg_key>\n<arg_value>a < "
                + "b</arg_value>\n<arg_key>current_proposed_answer</arg_key>\n<arg_value>12</arg_value>\n</tool_call>",
            """examine_answer {"current_reasoning":"a < b","current_proposed_answer":"12"}"""),
        ["glm without arguments"] = ("<tool_call>understand_question\n</tool_call>", "understand_question {}"),
        ["hunyuan"] = (
            "<tool_calls><tool_call>examine_answer<tool_sep><arg_key>current_proposed_answer</arg_key><arg_value>12</arg_value>"
                + "</tool_call></tool_calls>", Answer),

        // JSON behind a mark
        ["hermes"] = ($"<tool_call>\n{Named}\n</tool_call>", Answer),
        ["a closing tag inside a text"] = (
            "<tool_call>\n{\"name\": \"examine_answer\", \"arguments\": {\"current_proposed_answer\": \"write </tool_call> and "
                + "12\"}}\n</tool_call>",
            """examine_answer {"current_proposed_answer":"write </tool_call> and 12"}"""),
        ["two closing tags inside a text"] = (
            "<call>{\"tool\": \"backtracking\", \"args\": {\"reasoning_trace\": \"</call> or </call>\"}}</call> then </call>",
            """backtracking {"reasoning_trace":"</call> or </call>"}"""),
        ["a list of calls"] = ($"<tool_call>\n[{Named}, {{\"name\": \"backtracking\", \"arguments\": {{}}}}]\n</tool_call>", Answer),
        ["an empty list of calls"] = ("<tool_call>[]</tool_call>", "broken: the list holds no call"),
        ["mistral"] = ($"[TOOL_CALLS] [{Named}]", Answer),
        ["mistral, newer"] = ($"[TOOL_CALLS]examine_answer[ARGS]{Json}", Answer),
        ["mistral with a call id"] = ($"[TOOL_CALLS]examine_answer[CALL_ID]a1b2c3d4e[ARGS]{Json}", Answer),
        ["granite"] = ($"<|tool_call|>[{Named}]", Answer),
        ["granite, one object"] = ($"<|tool_call|>{Named}", Answer),
        ["phi"] = ($"<|tool_call|>[{Named}]<|/tool_call|>", Answer),
        ["phi, functools"] = ($"functools[{Named}]", Answer),
        ["llama 3, json"] = ($"<|python_tag|>{{\"name\": \"examine_answer\", \"parameters\": {Json}}}<|eom_id|>", Answer),
        ["llama 3, a method call"] = ("<|python_tag|>examine_answer.call(current_proposed_answer=\"12\")", Answer),
        ["llama 3, bare json with its type first"] = (
            $"{{\"type\": \"function\", \"name\": \"examine_answer\", \"parameters\": {Json}}}", Answer),
        ["bare json with its arguments first"] = ($"{{\"arguments\": {Json}, \"name\": \"examine_answer\"}}", Answer),
        ["a bare list of calls"] = ($"[{Named}]", Answer),
        ["lfm"] = ("<|tool_call_start|>[examine_answer(current_proposed_answer=\"12\")]<|tool_call_end|>", Answer),
        ["command"] = (
            $"<|START_ACTION|>[\n  "
            + $"{{\"tool_call_id\": \"0\", \"tool_name\": \"examine_answer\", \"parameters\": {Json}}}\n]<|END_ACTION|>", Answer),
        ["nemotron"] = ($"<TOOLCALL>[{Named}]</TOOLCALL>", Answer),
        ["jamba"] = ($"<tool_calls>[{Named}]</tool_calls>", Answer),
        ["deepseek"] = (
            "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>examine_answer\n```json\n" + Json
                + "\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>", Answer),
        ["deepseek 3.1"] = (
            "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>examine_answer<｜tool▁sep｜>"
                + $"{Json}<｜tool▁call▁end｜><｜tool▁calls▁end｜>", Answer),
        ["kimi"] = (
            $"<|tool_calls_section_begin|>"
                + $"<|tool_call_begin|>functions.examine_answer:0<|tool_call_argument_begin|>{Json}<|tool_call_end|>"
                    + $"<|tool_calls_section_end|>", Answer),
        ["gpt-oss"] = ($"<|channel|>commentary to=functions.examine_answer <|constrain|>json<|message|>{Json}<|call|>", Answer),
        ["gpt-oss without its special tokens"] = ($"commentary to=functions.examine_answer json{Json}", Answer),
        ["a langchain agent"] = ("```json\n{\"action\": \"examine_answer\", \"action_input\": " + Json + "}\n```", Answer),

        // Python in a list, in two lines
        ["llama 3.2"] = ("[backtracking(reasoning_trace=\"1. a\")]", """backtracking {"reasoning_trace":"1. a"}"""),
        ["llama 3.2, two calls"] = ("[examine_answer(current_proposed_answer=\"12\"), backtracking(reasoning_trace=\"a\")]", Answer),
        ["llama 4"] = ("<|python_start|>[examine_answer(current_proposed_answer=\"12\")]<|python_end|>", Answer),
        ["gemma"] = ("```tool_code\nprint(examine_answer(current_proposed_answer=\"12\"))\n```", Answer),
        ["gemma, a list"] = ("```tool_code\n[examine_answer(current_proposed_answer=\"12\")]\n```", Answer),
        ["gemini"] = ("```tool_code\nprint(default_api.examine_answer(current_proposed_answer=\"12\"))\n```", Answer),
        ["react"] = ($"Thought: check it\nAction: examine_answer\nAction Input: {Json}\nObservation: invented", Answer),
        ["react with plain text"] = ("Action: examine_answer\nAction Input: 12", """examine_answer {"0":"12"}"""),
        ["functionary"] = ($">>>examine_answer\n{Json}", Answer),

        // Thoughts, mentions and damage
        ["a foreign call in a thought"] = ($"<think>[TOOL_CALLS] [{Named}]</think>\nANSWER: 12", "none"),
        ["markup in a thought"] = (
            "<think>\n<function=examine_answer><parameter=current_proposed_answer>1</parameter></function>\n</think>ANSWER: 12", "none"),
        ["talk about a mark"] = ("Mistral's models write [TOOL_CALLS] before a call, others <|python_tag|>.", "none"),
        ["talk about a tag"] = ("The tag <tool_call> wraps a call.", "none"),
        ["talk about markup"] = ("One writes <function=name> and then its parameters.", "none"),
        ["talk about a channel"] = ("It is sent to=functions. and so on.", "none"),
        ["a link"] = ("[examine_answer('12')](https://example.org) shows how.", "none"),
        ["an action of everyday life"] = ("Action: sell\nAction Input: 12 shares", "none"),
        ["a list of data"] = ("[{\"name\": \"Ann\", \"age\": 3}]", "none"),
        ["an interval of mathematics"] = ("[f(0), f(1)] = [0, 1]", "none"),
        ["a mark and nothing"] = ("<|tool_call|>", "broken: cannot be read"),
        ["a mark with damaged json"] = ("<|tool_call|>[{\"name\": \"examine_answer\", \"arguments\": {\"a\": x}}]",
            "broken: the list of calls cannot be read: 'x' is a name"),
        ["arg_key without a value"] = ("<tool_call>examine_answer\n<arg_key>current_proposed_answer</arg_key>\n</tool_call>",
            "broken: <arg_value> was expected"),
    };
}
