namespace Bridge.Llama.Synthesis;

/// <summary>The special tokens and the chat template of the models made here: ChatML with tool calls as JSON between tags.</summary>
public static class ChatMarkup
{
    /// <summary>A template with tools, calls and results, in the manner of Qwen2.5.</summary>
    public const string Template = """
        {%- if tools %}
            {{- '<|im_start|>system\n' }}
            {%- if messages[0].role == 'system' %}
                {{- messages[0].content + '\n\n' }}
            {%- endif %}
            {{- '# Tools\n\nThese functions can be called, one JSON object a line inside <tools></tools>:\n<tools>' }}
            {%- for tool in tools %}
                {{- '\n' + (tool | tojson) }}
            {%- endfor %}
            {{- '\n</tools>\n\nTo call one, write its name and arguments as JSON inside <tool_call></tool_call>:\n<tool_call>\n{"name": <name>, "arguments": <object>}\n</tool_call><|im_end|>\n' }}
        {%- elif messages[0].role == 'system' %}
            {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
        {%- endif %}
        {%- for message in messages %}
            {%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
                {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}
            {%- elif message.role == 'assistant' %}
                {{- '<|im_start|>assistant' }}
                {%- if message.content %}
                    {{- '\n' + message.content }}
                {%- endif %}
                {%- for call in message.tool_calls %}
                    {%- if call.function is defined %}
                        {%- set call = call.function %}
                    {%- endif %}
                    {{- '\n<tool_call>\n{"name": "' + call.name + '", "arguments": ' }}
                    {{- call.arguments if call.arguments is string else call.arguments | tojson }}
                    {{- '}\n</tool_call>' }}
                {%- endfor %}
                {{- '<|im_end|>\n' }}
            {%- elif message.role == 'tool' %}
                {%- if loop.first or messages[loop.index0 - 1].role != 'tool' %}
                    {{- '<|im_start|>user' }}
                {%- endif %}
                {{- '\n<tool_response>\n' + message.content + '\n</tool_response>' }}
                {%- if loop.last or messages[loop.index0 + 1].role != 'tool' %}
                    {{- '<|im_end|>\n' }}
                {%- endif %}
            {%- endif %}
        {%- endfor %}
        {%- if add_generation_prompt %}
            {{- '<|im_start|>assistant\n' }}
        {%- endif %}
        """;

    /// <summary>Adds the special tokens to a vocabulary.</summary>
    /// <param name="vocabulary">The vocabulary.</param>
    public static void AddTokens(BpeVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        vocabulary.AddControl("<|endoftext|>");
        vocabulary.AddControl("<|im_start|>");
        vocabulary.AddControl("<|im_end|>");
        vocabulary.AddUserDefined("<tool_call>");
        vocabulary.AddUserDefined("</tool_call>");
    }

    /// <summary>Writes which tokens are special, and the template.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="vocabulary">The vocabulary.</param>
    public static void WriteTo(GgufWriter writer, BpeVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(vocabulary);
        writer.Add("tokenizer.ggml.bos_token_id", (uint)vocabulary["<|endoftext|>"])
            .Add("tokenizer.ggml.eos_token_id", (uint)vocabulary["<|im_end|>"])
            .Add("tokenizer.ggml.eot_token_id", (uint)vocabulary["<|im_end|>"])
            .Add("tokenizer.ggml.padding_token_id", (uint)vocabulary["<|endoftext|>"])
            .Add("tokenizer.ggml.add_bos_token", false)
            .Add("tokenizer.chat_template", Template);
    }
}
