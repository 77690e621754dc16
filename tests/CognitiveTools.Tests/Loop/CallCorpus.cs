namespace CognitiveTools.Tests.Loop;

/// <summary>
/// Turns as small models write them. Expected: <c>none</c>; <c>tool {"arguments":"as JSON"}</c>; or <c>broken: words of the error</c>.
/// </summary>
internal static class CallCorpus
{
    public static IReadOnlyDictionary<string, (string Text, string Expected)> Cases { get; } = new Dictionary<string,
        (string, string)>(StringComparer.Ordinal)
    {
        // JSON in the tag
        ["a plain json call"] = (
            """I check it. <call>{"tool":"examine_answer","args":{"current_proposed_answer":"12"}}</call>""",
            """examine_answer {"current_proposed_answer":"12"}"""),
        ["a json call whose closing tag a stop sequence took"] = (
            """<call>{"tool":"examine_answer","args":{"current_proposed_answer":"12"}}""",
            """examine_answer {"current_proposed_answer":"12"}"""),
        ["a json call without its last braces at a stop"] = (
            """<call>{"tool":"examine_answer","args":{"current_proposed_answer":"12" """,
            """examine_answer {"current_proposed_answer":"12"}"""),
        ["a json call without its last brace before the closing tag"] = (
            """<call>{"tool":"examine_answer","args":{"current_proposed_answer":"12"}</call> then""",
            """examine_answer {"current_proposed_answer":"12"}"""),
        ["json with trailing commas"] = (
            """<call>{"tool":"examine_answer","args":{"current_proposed_answer":"12",},}</call>""",
            """examine_answer {"current_proposed_answer":"12"}"""),
        ["json spread over lines"] = (
            "<call>\n{\n  \"tool\": \"backtracking\",\n  \"args\": {\n    \"reasoning_trace\": \"1. a\\n2. b\"\n  }\n}\n</call>",
            """backtracking {"reasoning_trace":"1. a\n2. b"}"""),
        ["json in a fence inside the tag"] = (
            "<call>\n```json\n{\"tool\":\"understand_question\",\"args\":{}}\n```\n</call>",
            "understand_question {}"),
        ["json with python quotes"] = (
            "<call>{'tool': 'examine_answer', 'args': {'current_proposed_answer': '12'}}</call>",
            """examine_answer {"current_proposed_answer":"12"}"""),
        ["json with unquoted keys"] = (
            """<call>{tool: "examine_answer", args: {current_proposed_answer: 12}}</call>""",
            """examine_answer {"current_proposed_answer":"12"}"""),
        ["json with LaTeX in single backslashes"] = (
            """<call>{"tool":"examine_answer","args":{"current_proposed_answer":"\frac{1}{2} \times \theta \neq \beta \sqrt{2} \(x\)"}"""
                + """}</call>""",
            """examine_answer {"current_proposed_answer":"\\frac{1}{2} \\times \\theta \\neq \\beta \\sqrt{2} \\(x\\)"}"""),
        ["json with LaTeX in double backslashes"] = (
            """<call>{"tool":"examine_answer","args":{"current_proposed_answer":"\\frac{1}{2}\\times\\theta"}}</call>""",
            """examine_answer {"current_proposed_answer":"\\frac{1}{2}\\times\\theta"}"""),
        ["json with real line and tab escapes"] = (
            """<call>{"tool":"examine_answer","args":{"current_proposed_answer":"one\nunder\ttwo"}}</call>""",
            """examine_answer {"current_proposed_answer":"one\nunder\ttwo"}"""),
        ["json with a bare line break inside a text"] = (
            "<call>{\"tool\":\"backtracking\",\"args\":{\"reasoning_trace\":\"one\ntwo\"}}</call>",
            """backtracking {"reasoning_trace":"one\ntwo"}"""),
        ["json with unescaped quotes inside a text"] = (
            """<call>{"tool":"backtracking","args":{"reasoning_trace":"he said "yes" to it"}}</call>""",
            """backtracking {"reasoning_trace":"he said \"yes\" to it"}"""),
        ["json with unicode escapes"] = (
            """<call>{"tool":"examine_answer","args":{"current_proposed_answer":"\u221a2 \uZZZZ"}}</call>""",
            """examine_answer {"current_proposed_answer":"√2 \\uZZZZ"}"""),
        ["json with a list of steps"] = (
            """<call>{"tool":"backtracking","args":{"reasoning_trace":["a","b",["c"]]}}</call>""",
            """backtracking {"reasoning_trace":"[\"a\",\"b\",[\"c\"]]"}"""),
        ["json with a nested dictionary"] = (
            """<call>{"tool":"backtracking","args":{"reasoning_trace":{"step 1":{"claim":"x=1","ok":true},"n":null}}}</call>""",
            """backtracking {"reasoning_trace":"{\"step 1\":{\"claim\":\"x=1\",\"ok\":true},\"n\":null}"}"""),
        ["json with name and arguments"] = (
            """<call>{"name":"examine_answer","arguments":{"current_proposed_answer":"3/4"}}</call>""",
            """examine_answer {"current_proposed_answer":"3/4"}"""),
        ["json in the tag of another family"] = (
            "<tool_call>\n{\"name\": \"understand_question\", \"arguments\": {\"question\": \"q\"}}\n</tool_call>",
            """understand_question {"question":"q"}"""),
        ["arguments as json inside a text"] = (
            """<call>{"name":"examine_answer","arguments":"{\"current_proposed_answer\": \"7\"}"}</call>""",
            """examine_answer {"current_proposed_answer":"7"}"""),
        ["a function object around the call"] = (
            """<tool_call>{"type":"function","function":{"name":"examine_answer","arguments":{"current_proposed_answer":"7"}}}"""
                + """</tool_call>""",
            """examine_answer {"current_proposed_answer":"7"}"""),
        ["arguments next to the tool's name"] = (
            """<call>{"tool":"examine_answer","current_proposed_answer":"7"}</call>""",
            """examine_answer {"current_proposed_answer":"7"}"""),
        ["python inside the tag"] = (
            "<call>examine_answer(current_proposed_answer='7')</call>",
            """examine_answer {"current_proposed_answer":"7"}"""),
        ["only a name inside the tag"] = ("<call>understand_question</call>", "understand_question {}"),
        ["an unknown tool in the tag"] = ("""<call>{"tool":"calculator","args":{"x":"1+1"}}</call>""", """calculator {"x":"1+1"}"""),
        ["an empty tag"] = ("<call></call>", "broken: cannot be read"),
        ["prose inside the tag"] = ("<call>please check my answer</call>", "broken: cannot be read"),
        ["a tag without a tool's name"] = ("""<call>{"args":{"question":"q"}}</call>""", "broken: names no tool"),
        ["an expression as a value"] = ("""<call>{"tool":"examine_answer","args":{"current_proposed_answer":answer}}</call>""",
            "broken: is a name"),
        ["brackets nested without end"] = ("<call>" + new string('{', 500), "broken: an argument's name was expected"),
        ["lists nested too deeply"] = ("<call>{\"tool\":" + new string('[', 500), "broken: nested too deeply"),
        ["a text never closed"] = ("""<call>{"tool":"examine_answer","args":{"current_proposed_answer":"12""",
            "broken: cut off inside a text"),

        ["an upper-case tag"] = ("""<CALL>{"tool":"understand_question","args":{}}</CALL>""", "understand_question {}"),
        ["json with blanks everywhere"] = (
            """<call> { "tool" : "examine_answer" , "args" : { "current_proposed_answer" : "3" } } </call>""",
            """examine_answer {"current_proposed_answer":"3"}"""),
        ["a truth value"] = ("""<call>{"tool":"examine_answer","args":{"current_proposed_answer":true}}</call>""",
            """examine_answer {"current_proposed_answer":"true"}"""),
        ["a tag within a tag"] = ("""<call><call>{"tool":"understand_question","args":{}}</call>""", "broken: cannot be read"),

        // JSON without a tag
        ["bare json on its own line"] = (
            "I check.\n{\"tool\": \"examine_answer\", \"args\": {\"current_proposed_answer\": \"5\"}}\nthen more",
            """examine_answer {"current_proposed_answer":"5"}"""),
        ["json in a fence"] = (
            "```json\n{\"name\": \"examine_answer\", \"parameters\": {\"current_proposed_answer\": \"5\"}}\n```",
            """examine_answer {"current_proposed_answer":"5"}"""),
        ["json behind a label"] = (
            "Action: {\"tool\": \"understand_question\", \"args\": {}}",
            "understand_question {}"),
        ["json that is data"] = ("The record is\n{\"name\": \"Ann\", \"age\": 3}", "none"),
        ["json within a sentence"] = ("We could write {\"tool\":\"examine_answer\",\"args\":{}} here.", "none"),

        // Python text
        ["the paper's form"] = (
            "print(examine_answer({'question': 'q', 'current_proposed_answer': '21', 'model': 'math_problem'}))",
            """examine_answer {"question":"q","current_proposed_answer":"21","model":"math_problem"}"""),
        ["the paper's form in a fence"] = (
            "Let me check.\n```python\nprint(examine_answer({'current_proposed_answer': '21'}))\n```\nObservation: fine",
            """examine_answer {"current_proposed_answer":"21"}"""),
        ["keyword arguments"] = (
            "backtracking(question='q', reasoning_trace='1. a')",
            """backtracking {"question":"q","reasoning_trace":"1. a"}"""),
        ["an assignment"] = (
            "result = examine_answer(current_proposed_answer = \"21\")\nprint(result)",
            """examine_answer {"current_proposed_answer":"21"}"""),
        ["an interpreter's prompt"] = (">>> understand_question(question='q')", """understand_question {"question":"q"}"""),
        ["a positional argument"] = ("examine_answer('21')", """examine_answer {"0":"21"}"""),
        ["numbers and none"] = ("examine_answer({'current_proposed_answer': 204, 'current_reasoning': None})",
            """examine_answer {"current_proposed_answer":"204"}"""),
        ["a negative decimal"] = ("examine_answer(current_proposed_answer=-2.5e3)",
            """examine_answer {"current_proposed_answer":"-2.5e3"}"""),
        ["triple quotes with quotes and lines inside"] = (
            "backtracking({'reasoning_trace': \"\"\"He said \"no\".\nThen x = 'y'.\"\"\"})",
            """backtracking {"reasoning_trace":"He said \"no\".\nThen x = 'y'."}"""),
        ["triple single quotes"] = ("backtracking(reasoning_trace='''it's so''')", """backtracking {"reasoning_trace":"it's so"}"""),
        ["an apostrophe in single quotes"] = (
            "examine_answer({'current_reasoning': 'It's the triangle's side, so x', 'current_proposed_answer': '3'})",
            """examine_answer {"current_reasoning":"It's the triangle's side, so x","current_proposed_answer":"3"}"""),
        ["quotes in LaTeX"] = (
            """examine_answer({'current_proposed_answer': '$f\'(x) = \frac{1}{2}$'})""",
            """examine_answer {"current_proposed_answer":"$f'(x) = \\frac{1}{2}$"}"""),
        ["a raw string"] = ("""examine_answer({'current_proposed_answer': r'\nu + \frac{a}{b}'})""",
            """examine_answer {"current_proposed_answer":"\\nu + \\frac{a}{b}"}"""),
        ["braces and brackets in a text"] = (
            "examine_answer(current_proposed_answer='{(1,2)], \"x\": }')",
            """examine_answer {"current_proposed_answer":"{(1,2)], \"x\": }"}"""),
        ["a trailing comma in python"] = ("examine_answer({'current_proposed_answer': '3',},)",
            """examine_answer {"current_proposed_answer":"3"}"""),
        ["a tuple of steps"] = ("backtracking(reasoning_trace=('a', 'b'))", """backtracking {"reasoning_trace":"[\"a\",\"b\"]"}"""),
        ["a text in parentheses"] = ("backtracking(reasoning_trace=('a'))", """backtracking {"reasoning_trace":"a"}"""),
        ["a missing last bracket"] = ("print(examine_answer({'current_proposed_answer': '3'}",
            """examine_answer {"current_proposed_answer":"3"}"""),
        ["a name in another case"] = ("Examine_Answer(current_proposed_answer='3')", """Examine_Answer {"current_proposed_answer":"3"}"""),
        ["an unknown tool with named arguments"] = ("print(use_calculator({'expression': '2+2'}))",
            """use_calculator {"expression":"2+2"}"""),
        ["a placeholder for arguments"] = ("examine_answer(params...)", "broken: is a name"),
        ["variables as arguments"] = ("print(examine_answer(question, answer))", "broken: is a name"),
        ["a call inside an argument"] = ("examine_answer(current_proposed_answer=str(3))", "broken: is a name"),
        ["a mention in a sentence"] = ("I could use understand_question() or examine_answer(answer) now.", "none"),
        ["a mention that begins the line"] = ("understand_question(the question) would help here.", "none"),
        ["a function of mathematics"] = ("f(x) = x + 1\ng(2) = 3\nP(A) = 0.5", "none"),
        ["other code"] = ("```python\nimport math\nx = math.gcd(12, 8)\nprint(x)\n```", "none"),

        ["a call in a list"] = ("- examine_answer(current_proposed_answer='3')", """examine_answer {"current_proposed_answer":"3"}"""),
        ["a call in backticks"] = ("`examine_answer(current_proposed_answer='3')`", """examine_answer {"current_proposed_answer":"3"}"""),
        ["a call behind a label"] = ("Action: examine_answer(current_proposed_answer='3')",
            """examine_answer {"current_proposed_answer":"3"}"""),
        ["an f-string, never filled in"] = ("examine_answer(current_proposed_answer=f\"{x}\")",
            """examine_answer {"current_proposed_answer":"{x}"}"""),
        ["an empty dictionary"] = ("understand_question({})", "understand_question {}"),
        ["a dictionary and a keyword"] = (
            "examine_answer({'current_proposed_answer': '3'}, current_reasoning='r')",
            """examine_answer {"current_proposed_answer":"3","current_reasoning":"r"}"""),
        ["a comparison is no keyword"] = ("examine_answer(x == 3)", "broken: is a name"),

        // The position of the call
        ["a call hidden in a think block"] = (
            "<think>\n<call>{\"tool\":\"understand_question\",\"args\":{}}</call>\nexamine_answer('1')\n</think>\nANSWER: 4", "none"),
        ["a call in a think block never closed"] = ("<think>\nexamine_answer('1')\n", "none"),
        ["a call before a closing think mark whose opening was in the prompt"] = ("examine_answer('1')\n</think>\nSo 4.", "none"),
        ["a call behind a think block"] = ("<think>hm</think>\nexamine_answer('1')", """examine_answer {"0":"1"}"""),
        ["two calls"] = (
            "<call>{\"tool\":\"understand_question\",\"args\":{}}</call>\n<call>{\"tool\":\"backtracking\",\"args\":{}}</call>",
            "understand_question {}"),
        ["a python call before a json call"] = (
            "examine_answer('1')\n<call>{\"tool\":\"understand_question\",\"args\":{}}</call>",
            """examine_answer {"0":"1"}"""),
        ["a json call whose text holds a python call"] = (
            "<call>{\"tool\":\"backtracking\",\"args\":{\"reasoning_trace\":\"\nexamine_answer('1')\n\"}}</call>",
            """backtracking {"reasoning_trace":"\nexamine_answer('1')\n"}"""),
        ["a python call whose text holds a json call"] = (
            "backtracking(reasoning_trace='''\n<call>{\"tool\":\"understand_question\",\"args\":{}}</call>''')",
            """backtracking {"reasoning_trace":"\n<call>{\"tool\":\"understand_question\",\"args\":{}}</call>"}"""),
        ["no call at all"] = ("The sum is 4.\nANSWER: 4", "none"),
        ["an empty turn"] = ("", "none"),
    };
}
