namespace Bridge.Mcp.Messages;

/// <summary>The methods of MCP that the gateway relays, deprecated ones included: servers and clients of older revisions use them.</summary>
internal static class McpMethods
{
    public const string Initialize = "initialize";
    public const string Ping = "ping";
    public const string ToolsList = "tools/list";
    public const string ToolsCall = "tools/call";
    public const string PromptsList = "prompts/list";
    public const string PromptsGet = "prompts/get";
    public const string ResourcesList = "resources/list";
    public const string TemplatesList = "resources/templates/list";
    public const string ResourcesRead = "resources/read";
    public const string Subscribe = "resources/subscribe";
    public const string Unsubscribe = "resources/unsubscribe";
    public const string Complete = "completion/complete";
    public const string SetLevel = "logging/setLevel";
    public const string Discover = "server/discover";
    public const string Listen = "subscriptions/listen";
    public const string TasksGet = "tasks/get";
    public const string TasksResult = "tasks/result";
    public const string TasksList = "tasks/list";
    public const string TasksCancel = "tasks/cancel";
    public const string TasksUpdate = "tasks/update";
    public const string Sample = "sampling/createMessage";
    public const string Elicit = "elicitation/create";
    public const string Roots = "roots/list";

    public const string Acknowledged = "notifications/subscriptions/acknowledged";
    public const string Initialized = "notifications/initialized";
    public const string Cancelled = "notifications/cancelled";
    public const string Progress = "notifications/progress";
    public const string LogMessage = "notifications/message";
    public const string ToolsChanged = "notifications/tools/list_changed";
    public const string PromptsChanged = "notifications/prompts/list_changed";
    public const string ResourcesChanged = "notifications/resources/list_changed";
    public const string ResourceUpdated = "notifications/resources/updated";
    public const string RootsChanged = "notifications/roots/list_changed";
    public const string TaskStatus = "notifications/tasks/status";
    public const string TaskChanged = "notifications/tasks";
    public const string ElicitationComplete = "notifications/elicitation/complete";
}
