using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary><c>propertyNames</c>.</summary>
/// <param name="node">The schema every name must satisfy.</param>
internal sealed class PropertyNamesKeyword(SchemaNode node) : Keyword(JsonKinds.Object)
{
    /// <summary>The schema every name must satisfy.</summary>
    public SchemaNode Names => node;

    public override bool Check(JsonValue instance, Evaluation run)
    {
        bool valid = true;
        EvaluatedParts? outer = run.Evaluated;
        run.Evaluated = null;
        foreach (JsonMember member in instance.Members)
        {
            List<ValidationError>? errors = run.Collects ? [] : null;
            if (run.CheckBranch(node, member.NameValue, errors))
            {
                continue;
            }

            valid = false;
            if (!run.Collects)
            {
                break;
            }

            string why = errors!.Count > 0 ? errors[0].Message.Replace("The value ", "the name ", StringComparison.Ordinal).TrimEnd('.') : "";
            run.ReportMember("propertyNames", member.Name, $"is not an allowed name: {why}", "is not an allowed name", atMember: true);
        }

        run.Evaluated = outer;
        return valid;
    }
}
